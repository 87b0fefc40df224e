"""Models that many tests ask, fitted once."""

import pytest
from hypothesis import settings

from recommender import Interactions, Recommender
from tests.recommender import shops

# The first example of a run may wait for a kernel to compile.
settings.register_profile("recommender", deadline=None, max_examples=60)
settings.load_profile("recommender")


@pytest.fixture(scope="session")
def board() -> Interactions:
    return shops.checkerboard()


@pytest.fixture(scope="session")
def board_model(board: Interactions) -> Recommender:
    return shops.fitted(board)


@pytest.fixture(scope="session")
def grocer_model() -> Recommender:
    return shops.well_known_grocer()
