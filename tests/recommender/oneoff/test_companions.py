"""Companions counted once: the same neighbours as counting anew for each setting."""

import numpy as np
import pytest
import scipy.sparse as sp

from recommender.neighbours import asymmetric_cosine
from recommender.oneoff.companions import Companions
from recommender.oneoff.decomposition import strongest
from recommender.oneoff.takings import as_takings
from recommender.settings import KnnConfig
from tests.recommender.oneoff.shops import checkerboard

TAKINGS = as_takings(checkerboard(items=40))


@pytest.mark.parametrize("prune", ["source", "target"])
@pytest.mark.parametrize("source_exponent", [0.2, 0.7])
def test_pruned_again_for_each_setting(prune: str, source_exponent: float) -> None:
    config = KnnConfig(
        neighbours=5, row_exponent=0.6, source_exponent=source_exponent, min_support=1, prune=prune
    )
    indptr, indices, values = Companions.fit(TAKINGS, 0.6).table(config)
    wanted = asymmetric_cosine(TAKINGS, config).matrix().toarray()
    found = sp.csr_array((values, indices, indptr), shape=wanted.shape).toarray()
    # Among equals on the edge either may be kept.
    np.testing.assert_allclose(np.sort(found, axis=None), np.sort(wanted, axis=None), rtol=1e-4)


def test_strongest_directions_of_a_large_matrix_span_the_right_space() -> None:
    rng = np.random.default_rng(3)
    factors = rng.standard_normal((2600, 6)) @ np.diag([9, 8, 7, 6, 5, 4]) @ rng.standard_normal((6, 1700))
    noise = 0.5 * rng.standard_normal((2600, 1700))
    table = sp.csr_array((factors + noise).astype(np.float32))
    vectors, values = strongest(table, 6, np.random.default_rng(0))
    _, wanted, rows = np.linalg.svd(table.toarray(), full_matrices=False)
    np.testing.assert_allclose(values, wanted[:6], rtol=1e-3)
    np.testing.assert_allclose(np.abs(rows[:6] @ vectors), np.eye(6), atol=1e-2)
