"""The linear algebra: answers that another way of solving gives as well."""

import numpy as np
import pytest
from scipy.sparse import csr_matrix

from nlu.kernel_machine import Kernel, alikeness, half_squares, solve

KERNEL = Kernel(meaning=2.0, sharpness=3.0, ridge=0.3)


@pytest.fixture
def points() -> np.ndarray:
    return np.random.default_rng(1).normal(size=(1200, 8)).astype(np.float32) / 3


def words(points: np.ndarray) -> csr_matrix:
    return csr_matrix(np.maximum(points, 0) / np.linalg.norm(np.maximum(points, 0) + 1e-3, axis=1)[:, None])


def test_likeness_is_that_of_words_and_a_gaussian_of_the_distance(points: np.ndarray) -> None:
    alike = alikeness(KERNEL, words(points), points)
    apart = ((points[7] - points[1100]) ** 2).sum()
    dense = words(points).toarray()
    assert alike[7, 1100] == pytest.approx(dense[7] @ dense[1100] + 2.0 * np.exp(-1.5 * apart), rel=1e-4)
    assert alike == pytest.approx(alike.T, abs=1e-5)


def test_the_same_point_is_as_alike_as_can_be(points: np.ndarray) -> None:
    assert np.diag(KERNEL.in_meaning(points, points, half_squares(points))) == pytest.approx(2.0, rel=1e-4)


def test_the_system_is_solved(points: np.ndarray) -> None:
    labels = (points[:, 0] > 0).astype(int) + 2 * (points[:, 1] > 0.4)
    alike, sizes = alikeness(KERNEL, words(points), points), np.bincount(labels)
    loose = KERNEL.ridge * np.sqrt(sizes[labels] / sizes.mean())
    targets = np.where(labels[:, None] == np.arange(4), 1.0, -0.5)
    exact = np.linalg.solve(alike.astype(np.float64) + np.diag(loose), targets)
    found = solve(alike, KERNEL.ridge, labels, 4, np.ones(len(labels), dtype=bool))
    assert alike @ found == pytest.approx(alike @ exact, abs=0.05)


def test_what_is_not_learnt_from_has_no_say(points: np.ndarray) -> None:
    labels = (points[:, 0] > 0).astype(int)
    alike, learnt = alikeness(KERNEL, words(points), points), np.arange(len(labels)) % 3 > 0
    found = solve(alike, KERNEL.ridge, labels, 2, learnt)
    alone = solve(
        alike[np.ix_(learnt, learnt)], KERNEL.ridge, labels[learnt], 2, np.ones(learnt.sum(), dtype=bool)
    )
    assert np.all(found[~learnt] == 0)
    assert (alike @ found)[~learnt] == pytest.approx(alike[np.ix_(~learnt, learnt)] @ alone, abs=0.05)
