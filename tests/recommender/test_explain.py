"""Reasons are true: take the named cause away, and the score falls."""

from hypothesis import given
from hypothesis import strategies as st

from recommender import History, Query, Reason
from tests.recommender import shops

MODEL = shops.fitted(*shops.grocer())
N_ITEMS = MODEL.n_items


def without(history: History, reason: Reason, item_id: str) -> History:
    """The history without what a reason names."""
    if reason.kind != "favourite_category":
        return history.without([MODEL.index_of(reason.item_id)])
    category = MODEL._state.category
    own = [item for item in range(N_ITEMS) if category.name_of(item) == reason.detail["category"]]
    return history.without([item for item in own if item != MODEL.index_of(item_id)])


@given(shops.histories(N_ITEMS), st.integers(0, N_ITEMS - 1))
def test_without_the_named_cause_the_score_falls(history: History, item: int) -> None:
    item_id = f"i{item}"
    score = MODEL.score(history, item_id)
    for reason in MODEL.explain(history, item_id, least_share=0):
        if reason.kind != "popular" and reason.weight > 1e-9:
            assert MODEL.score(without(history, reason, item_id), item_id) < score


@given(shops.histories(N_ITEMS), st.integers(0, N_ITEMS - 1))
def test_all_reasons_together_are_the_whole_score(history: History, item: int) -> None:
    reasons = MODEL.explain(history, f"i{item}", reason_count=10_000, least_share=0)
    total = sum(reason.weight for reason in reasons)
    assert abs(total - 1.0) < 1e-6 or (not reasons and MODEL.score(history, f"i{item}") == 0.0)
    assert [reason.weight for reason in reasons] == sorted(
        (reason.weight for reason in reasons), reverse=True
    )


@given(shops.histories(N_ITEMS))
def test_a_slates_reasons_are_those_that_explain_gives(history: History) -> None:
    for item in MODEL.recommend(Query(history=history, n=5, reason_count=3)):
        assert item.reasons == MODEL.explain(history, item.item_id, reason_count=3)


def test_past_cheeses_are_named_as_a_favourite_category() -> None:
    names = {
        "category": ["cheese"] * 5 + ["pets"],
        "text": [f"fine cheese no {n}" for n in range(5)] + ["bone"],
    }
    log = shops.log([(shopper, item, 1.0) for shopper in range(4) for item in (0, 1, 2, 3, 5)], 4, 6)
    model = shops.fitted(log, shops.catalogue(6, **names))
    reasons = model.explain(History([0, 1, 2, 3, 5], [1, 2, 3, 4, 5]), "i4")
    assert (reasons[0].kind, reasons[0].detail) == ("favourite_category", {"category": "cheese"})


def test_a_session_explains_what_it_brought() -> None:
    reasons = MODEL.explain(History.empty(), "i8", session=["i7"])
    assert (reasons[0].kind, reasons[0].item_id) == ("session", "i7")


def test_what_nothing_speaks_for_has_no_reasons() -> None:
    assert MODEL.explain(History.empty(), "i13") == ()
    assert MODEL.explain(History.empty(), "no such item") == ()


def test_an_item_bought_once_has_no_rhythm() -> None:
    (reason,) = [r for r in MODEL.explain(History(["i4"], [90]), "i4") if r.kind == "bought_often"]
    assert dict(reason.detail) == {"times": 1}
