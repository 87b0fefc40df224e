import pytest

from recommender.shoppers import life_stage


@pytest.mark.parametrize(
    ("given", "stage"),
    [
        ({}, None),
        ({"income": "50-74K"}, None),
        ({"age": "19-24"}, "young"),
        ({"age": 34}, "young"),
        ({"age": "35-44", "kids": "0"}, "middle"),
        ({"age": "65+", "household": "2 adults, no kids"}, "older"),
        ({"age": "25-34", "household": "2 adults with kids"}, "family"),
        ({"age": "45-54", "kids": "3+"}, "family"),
        ({"kids": None, "household": "1 adult without children", "age": "55-64"}, "older"),
        ({"age": "21", "occupation": "student"}, "student"),
        ({"age": "unknown"}, None),
    ],
)
def test_stages(given: dict[str, object], stage: str | None) -> None:
    assert life_stage(given) == stage
