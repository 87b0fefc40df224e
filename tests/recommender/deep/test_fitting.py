"""Learning, where PyTorch is installed."""

import numpy as np
import pytest

from recommender import InputError
from recommender.deep import DeepConfig, SequenceModel
from recommender.deep.fitting import HeldOut, rows_of
from recommender.deep.sequences import Sequences
from recommender.deep.verdict import versus, wins
from tests.recommender import shops
from tests.recommender.deep import small

QUICK = small.CONFIG.model_copy(
    update={"training": small.CONFIG.training.model_copy(update={"epochs": 2, "dropout": 0.2})}
)


class TestWithPytorch:
    @pytest.fixture(autouse=True)
    def _torch(self) -> None:
        pytest.importorskip("torch", reason="needs PyTorch: the extra `deep`")

    def test_a_cycle_is_learned(self) -> None:
        model = SequenceModel.fit(small.cycle(), small.CONFIG)
        assert model.report["ndcg"] > 0.9
        assert model.rank(small.history([2], [3], [4]), 1)[0].tolist() == [5]

    def test_both_forward_passes_agree(self) -> None:
        log = small.cycle()
        model = SequenceModel.fit(log, QUICK)
        batch, histories = small.whole_batch(log, QUICK, first=10)
        plain = QUICK.model_copy(update={"training": small.CONFIG.training})
        expected = small.torch_scores(model._fitted, plain, batch)
        ours = np.array([model.scores(history) for history in histories])
        assert ours == pytest.approx(expected, abs=1e-4)

    def test_the_same_seed_learns_the_same(self) -> None:
        models = [
            SequenceModel.fit(small.cycle(), QUICK, rng=np.random.default_rng(seed)) for seed in (1, 1, 2)
        ]
        scores = [model.scores(small.history([1], [2])) for model in models]
        assert scores[0] == pytest.approx(scores[1], abs=1e-5)
        assert not np.allclose(scores[0], scores[2], atol=1e-3)

    def test_pytorchs_own_random_state_is_left_alone(self) -> None:
        import torch

        before = torch.random.get_rng_state()
        SequenceModel.fit(small.cycle(), QUICK)
        assert (torch.random.get_rng_state() == before).all()

    def test_time_is_kept_and_progress_told(self) -> None:
        told = list[tuple[str, float]]()
        training = QUICK.training.model_copy(update={"seconds": 1e-9})
        model = SequenceModel.fit(
            small.cycle(),
            QUICK.model_copy(update={"training": training}),
            progress=lambda stage, share: told.append((stage, share)),
        )
        assert model.report["epoch"] == 0
        assert (told[0], told[-1]) == (("sequences", 0.0), ("done", 1.0))

    @pytest.mark.parametrize("lines", [[(0, 1, 1.0)], [(0, 1, 1.0), (0, 2, 2.0)], []])
    def test_where_nothing_follows_anything_nothing_is_learned(
        self, lines: list[tuple[int, int, float]]
    ) -> None:
        log = shops.log([*lines, (1, 1, 1.0)], 2, 3)
        with pytest.raises(InputError, match="three baskets"):
            SequenceModel.fit(log, QUICK)

    def test_one_item_is_catalogue_enough(self) -> None:
        log = shops.log([(0, 0, float(day)) for day in range(4)], 1, 1)
        items, scores = SequenceModel.fit(log, QUICK).rank(small.history([0]), 5)
        assert items.tolist() == [0]
        assert np.isfinite(scores).all()


def test_of_the_held_shoppers_the_last_basket_alone_is_missing() -> None:
    sequences = Sequences.of(small.cycle(10))
    held = HeldOut.of(sequences, True, QUICK, np.random.default_rng(0))
    assert len(held.pasts) == 5
    assert sorted((sequences.shoppers[1:] - held.ends).tolist()) == [0] * 5 + [1] * 5
    assert [past.length for past in held.pasts] == [6] * 5


def test_rare_items_share_a_vector() -> None:
    config = DeepConfig(min_support=2, most_items=2)
    assert rows_of(np.array([5, 1, 9, 3]), config).tolist() == [0, 2, 1, 2]


def test_a_difference_beyond_the_noise_wins() -> None:
    rival = np.tile([0.0, 1.0], 100)
    better = versus(rival + np.tile([0.2, 0.1, 0.0, 0.1], 50), rival)
    assert better["difference"] == pytest.approx(0.1)
    assert better["standard_error"] == pytest.approx(0.005, rel=0.01)
    assert wins({"versus": {"recommender": better}})
    assert not wins({"versus": {"recommender": better, "one_off": versus(rival, rival)}})


@pytest.mark.parametrize(
    "report",
    [
        {},
        {"versus": {}},
        {"versus": {"recommender": {"difference": 0.019, "standard_error": 0.01, "cases": 500}}},
        {"versus": {"recommender": {"difference": 0.5, "standard_error": 0.01, "cases": 99}}},
        {"versus": {"recommender": {"difference": -0.5, "standard_error": 0.01, "cases": 500}}},
        {"versus": {"recommender": {"difference": 0.5, "standard_error": float("nan"), "cases": 500}}},
    ],
)
def test_anything_less_does_not(report: dict[str, object]) -> None:
    assert not wins(report)


def test_other_cases_are_no_comparison() -> None:
    with pytest.raises(InputError, match="rival"):
        versus(np.zeros(3), np.zeros(2))
