"""Reasons are true: take the named cause away, and the score falls."""

from collections.abc import Mapping
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from recommender import History, Query, Reason
from recommender.query import Seen
from tests.recommender import shops

MODEL = shops.well_known_grocer()
SEGMENTS = st.sampled_from(["", "odd", "even", "unheard of"])
SEEN = st.sampled_from(["any", "never"])
N_ITEMS = MODEL.n_items


def without(history: History, reason: Reason, item_id: str) -> History:
    """The history without the items that a reason names."""
    if reason.kind == "profile":
        return history
    if reason.kind != "favourite_category":
        return history.without([MODEL.index_of(reason.item_id)])
    category = MODEL._state.category
    own = [item for item in range(N_ITEMS) if category.name_of(item) == reason.detail["category"]]
    return history.without([item for item in own if item != MODEL.index_of(item_id)])


def unknown(segment: str, traits: Mapping[str, str], reason: Reason) -> dict[str, Any]:
    """What is known of the shopper, without the trait that a reason names; as arguments."""
    named = reason.detail.get("trait")
    left = {trait: value for trait, value in traits.items() if trait != named}
    return {"segment": "" if named == "segment" else segment, "traits": left}


@given(shops.histories(N_ITEMS), SEGMENTS, shops.traits(), st.integers(0, N_ITEMS - 1), SEEN)
def test_without_the_named_cause_the_score_falls(
    history: History, segment: str, traits: Mapping[str, str], item: int, seen: Seen
) -> None:
    item_id = f"i{item}"
    score = MODEL.score(history, item_id, seen=seen, segment=segment, traits=traits)
    reasons = MODEL.explain(history, item_id, least_share=0, seen=seen, segment=segment, traits=traits)
    for reason in reasons:
        if reason.kind != "popular" and reason.weight > 1e-9:
            left = without(history, reason, item_id)
            known = unknown(segment, traits, reason)
            assert MODEL.score(left, item_id, seen=seen, **known) < score


@given(shops.histories(N_ITEMS), SEGMENTS, shops.traits(), st.integers(0, N_ITEMS - 1))
def test_all_reasons_together_are_the_whole_score(
    history: History, segment: str, traits: Mapping[str, str], item: int
) -> None:
    known = {"segment": segment, "traits": traits}
    reasons = MODEL.explain(history, f"i{item}", reason_count=10_000, least_share=0, **known)
    total = sum(reason.weight for reason in reasons)
    assert abs(total - 1.0) < 1e-6 or (not reasons and MODEL.score(history, f"i{item}", **known) == 0.0)
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


def test_a_trait_is_named_with_its_value() -> None:
    # Odd shoppers are young and buy cheese and the like (2 to 6); old ones never do.
    reasons = MODEL.explain(History.empty(), "i4", traits={"age": "young"})
    assert ("profile", {"trait": "age", "value": "young"}) in [(r.kind, dict(r.detail)) for r in reasons]
    assert all(r.kind != "profile" for r in MODEL.explain(History.empty(), "i4", traits={"age": "old"}))


def test_a_segment_is_a_trait_like_others() -> None:
    reasons = MODEL.explain(History.empty(), "i4", segment="odd")
    assert ("profile", {"trait": "segment", "value": "odd"}) in [(r.kind, dict(r.detail)) for r in reasons]


def test_a_follower_names_what_it_follows() -> None:
    baskets = [(shopper, item, float(day)) for shopper in range(8) for day, item in enumerate((0, 1))]
    others = [(shopper, item, 5.0) for shopper in range(8) for item in (2, 3, 4)]
    model = shops.fitted(shops.log(baskets + others, 8, 5), config=shops.ALL_SCORERS)
    kinds = [(r.kind, r.item_id) for r in model.explain(History(["i0"], [1.0]), "i1", least_share=0)]
    assert ("bought_after", "i0") in kinds
