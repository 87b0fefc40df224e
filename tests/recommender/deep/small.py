"""A small trained network, with what PyTorch made of it stored beside it.

    python -m tests.recommender.deep.small

writes both anew; it needs the extra `deep`, which the tests that read them do not.
"""

from pathlib import Path

import numpy as np
from hypothesis import strategies as st

from recommender import History, Interactions
from recommender.deep import DeepConfig, SequenceModel
from recommender.deep.batches import Batch, batch_of
from recommender.deep.fitting import Fitted
from recommender.deep.sequences import Sequences
from recommender.deep.training import Learner
from tests.recommender import shops

TRAINED = Path(__file__).parent / "trained.npz"
ANSWERS = Path(__file__).parent / "answers.npz"
CYCLE = 10
CONFIG = DeepConfig.model_validate(
    {
        "network": {"dimensions": 8, "blocks": 2, "heads": 2, "window": 6},
        "training": {"dropout": 0.0, "epochs": 60, "patience": 60, "seconds": 20.0, "learning_rate": 0.01},
        "min_support": 1,
        "most_items": CYCLE,
    }
)


def cycle(n_shoppers: int = 60, length: int = 9) -> Interactions:
    """Item 0, 1, ..., 9 and round again, from another one for each shopper; 10 and 11 are never taken.

    Every third basket holds its item and the next but one.
    """
    lines = []
    for shopper in range(n_shoppers):
        for day in range(length):
            item = (shopper + day) % CYCLE
            also = [(item + 2) % CYCLE] if day % 3 == 2 else []
            lines += [(shopper, each, float(day)) for each in [item, *also]]
    return shops.log(lines, n_shoppers, CYCLE + 2)


def history(*baskets: list[int]) -> History:
    """Baskets, earliest first, a day each."""
    lines = [(item, float(day)) for day, basket in enumerate(baskets) for item in basket]
    return History([item for item, _ in lines], [day for _, day in lines])


def histories() -> st.SearchStrategy[History]:
    """Any history, unknown items included."""
    return shops.histories(CYCLE + 2)


def whole_batch(log: Interactions, config: DeepConfig, first: int = 0) -> tuple[Batch, list[History]]:
    """Two shoppers' last baskets as a batch that asks for every next one, and the histories behind these."""
    sequences = Sequences.of(log)
    ends = sequences.shoppers[1:][first : first + 2]
    runs = np.stack([ends - 1 - config.network.window, ends], axis=1)
    batch = batch_of(sequences, runs, log.n_items, config, np.random.default_rng(0))
    behind = [
        history(*(sequences.taken(basket).tolist() for basket in range(begin, begin + asked + 1)))
        for begin in runs[:, 0]
        for asked in range(config.network.window)
    ]
    return batch, behind


def torch_scores(fitted: Fitted, config: DeepConfig, batch: Batch) -> np.ndarray:
    """What PyTorch makes of a batch."""
    learner = Learner.of(config, fitted.parameters, fitted.rows)
    scores: np.ndarray = learner.scores(batch).detach().numpy()
    return scores


def write() -> None:
    """Both files."""
    log = cycle()
    model = SequenceModel.fit(log, CONFIG)
    model.save(TRAINED)
    batch, _ = whole_batch(log, CONFIG)
    np.savez(ANSWERS, allow_pickle=False, scores=torch_scores(model._fitted, CONFIG, batch))


if __name__ == "__main__":
    write()
