"""Segments and traits, with shares and likelihood ratios worked out by hand."""

import numpy as np
import pytest
import scipy.sparse as sp

from recommender import InputError, Query, Recommender
from recommender.config import SegmentConfig, TraitsConfig
from recommender.profile import NOBODY, Profile
from recommender.scorers import GroupTakings, Segment, Traits
from tests.recommender import shops

# Two young shoppers and two old ones; all take item 0, the young item 1, the old item 2.
TAKINGS = sp.csr_array(np.array([[1, 1, 0], [1, 1, 0], [1, 0, 1], [1, 0, 1]], dtype=np.float64))
AGES = [{"age": age} for age in ("young", "young", "old", "old")]
SEGMENTS = [{"segment": label} for label in ("a", "a", "", "")]
FAINT = 1e-9


def said(scorer: Segment | Traits, profile: Profile) -> list[float]:
    board = np.zeros(3)
    scorer.add_to(board, profile, 1.0)
    return board.tolist()


def test_a_segment_says_what_it_has_above_the_shop() -> None:
    scorer = Segment(GroupTakings.fit(TAKINGS, SEGMENTS), SegmentConfig(shrinkage=0))
    # Shares of the segment 1/2, 1/2, 0; of the shop 1/2, 1/4, 1/4: item 1 has 1/4 more, the best item 1/2.
    assert said(scorer, shops.profile_of({}, segment="a")) == pytest.approx([0, 0.5, 0])


def test_a_small_segment_is_drawn_to_the_shop() -> None:
    scorer = Segment(GroupTakings.fit(TAKINGS, SEGMENTS), SegmentConfig(shrinkage=12))
    # (2 + 12/4) / (4 + 12) - 1/4, over 1/2.
    assert said(scorer, shops.profile_of({}, segment="a")) == pytest.approx([0, 0.125, 0])


def test_strangers_and_unheard_of_segments_get_the_shops_popularity_alone() -> None:
    scorer = Segment(GroupTakings.fit(TAKINGS, SEGMENTS), SegmentConfig())
    assert said(scorer, NOBODY) == [0, 0, 0]
    assert said(scorer, shops.profile_of({}, segment="b")) == [0, 0, 0]


def test_a_trait_multiplies_by_its_likelihood_ratio() -> None:
    scorer = Traits(GroupTakings.fit(TAKINGS, AGES), TraitsConfig(shrinkage=FAINT))
    # P(young | 1) / P(young) = 1 / (1/2): P(1) doubles from 1/4; item 0 keeps its half.
    assert said(scorer, shops.profile_of({}, traits={"age": "young"})) == pytest.approx([0, 0.5, 0])


def test_the_prior_makes_an_item_of_few_takers_average() -> None:
    scorer = Traits(GroupTakings.fit(TAKINGS, AGES), TraitsConfig(shrinkage=2))
    # P(young | 1) = (2 + 2/2) / (2 + 2), twice 3/4: half as much again, of 1/4, over 1/2.
    assert said(scorer, shops.profile_of({}, traits={"age": "young"})) == pytest.approx([0, 0.25, 0])


def test_traits_multiply() -> None:
    both = [{**own, "kids": kids} for own, kids in zip(AGES, ("yes", "yes", "no", "no"), strict=True)]
    scorer = Traits(GroupTakings.fit(TAKINGS, both), TraitsConfig(shrinkage=FAINT))
    profile = shops.profile_of({}, traits={"age": "young", "kids": "yes"})
    # 2 * 2 - 1 = 3 times 1/4 over 1/2, half for either.
    assert said(scorer, profile) == pytest.approx([0, 1.5, 0])
    (given,) = scorer.contributions(profile, np.array([1]))
    assert given.traits == (("age", "young"), ("kids", "yes"))
    assert given.weights.tolist() == pytest.approx([0.75, 0.75])


def test_shoppers_of_whom_nothing_is_known_leave_the_ratio_alone() -> None:
    takings = sp.csr_array(np.vstack([TAKINGS.toarray(), [[1, 1, 1]]]))
    scorer = Traits(GroupTakings.fit(takings, [*AGES, {}]), TraitsConfig(shrinkage=FAINT))
    # P(1) is 3/11 of which the best has 5/11; the ratio is 2 as before.
    assert said(scorer, shops.profile_of({}, traits={"age": "young"})) == pytest.approx([0, 3 / 5, 0])


def test_a_model_without_use_for_groups_keeps_none() -> None:
    interactions, shop = shops.grocer()
    model = Recommender.fit(
        interactions, shop, shops.UNTUNED, now=shops.NOW, segments=["odd"] * 40, traits=[{"age": "old"}] * 40
    )
    assert not [name for name in model._state.arrays() if name.startswith(("segments", "traits"))]
    assert model._state.relations.followers.empty


@pytest.mark.parametrize(
    ("known", "field"),
    [
        ({"segments": ["odd"]}, "segments"),
        ({"segments": [3] * 40}, "segments"),
        ({"traits": [{}] * 39}, "traits"),
        ({"traits": [{"age": 35}] * 40}, "traits"),
    ],
)
def test_what_does_not_fit_the_log_is_refused(known: dict[str, object], field: str) -> None:
    with pytest.raises(InputError) as error:
        Recommender.fit(*shops.grocer(), shops.UNTUNED, now=shops.NOW, **known)
    assert error.value.field == field


@pytest.mark.parametrize("known", [{"segment": 3}, {"traits": {"age": 35}}, {"traits": "young"}])
def test_a_query_of_the_wrong_kind_is_refused(known: dict[str, object]) -> None:
    with pytest.raises(InputError):
        Query(**known)
