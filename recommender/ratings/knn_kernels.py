"""The loops of the rating neighbours. No matrix of likenesses is kept: each row is made when asked for."""

from typing import NamedTuple

import numpy as np

from recommender.arrays import FloatArray, IntArray
from recommender.kernels import compiled


class Rows(NamedTuple):
    """Ratings grouped by one side: group g has the entries starts[g] to starts[g + 1].

    other: who or what is on the other side. compared: the value that likeness is computed from. offered: what
    a neighbour contributes, the rating less the baseline.
    """

    starts: IntArray
    other: IntArray
    compared: FloatArray
    offered: FloatArray


class Weighing(NamedTuple):
    """Plain numbers of KnnConfig. centred: subtract the means over what both rated."""

    centred: bool
    neighbours: int
    shrinkage: float
    significance: float
    power: float
    damping: float


@compiled
def add_row(target: int, own: Rows, posts: Rows, sums: FloatArray, met: IntArray) -> int:
    """sums[v] += (n, x, y, xx, yy, xy) over what the target (x) and v (y) both rated.

    sums: zeros. Those with anything in common are listed in `met`; answers how many they are.
    """
    count = 0
    for at in range(own.starts[target], own.starts[target + 1]):
        x = own.compared[at]
        column = own.other[at]
        for slot in range(posts.starts[column], posts.starts[column + 1]):
            y = posts.compared[slot]
            row = sums[posts.other[slot]]
            if row[0] == 0.0:
                met[count] = posts.other[slot]
                count += 1
            row[0] += 1.0
            row[1] += x
            row[2] += y
            row[3] += x * x
            row[4] += y * y
            row[5] += x * y
    return count


@compiled
def likeness(sums: FloatArray, weighing: Weighing) -> float:
    """Cosine (or correlation) from such sums, shrunk by how much it rests on; 0 where it is undefined."""
    n = sums[0]
    if n == 0.0:
        return 0.0
    left, right, both = sums[3], sums[4], sums[5]
    if weighing.centred:
        left -= sums[1] * sums[1] / n
        right -= sums[2] * sums[2] / n
        both -= sums[1] * sums[2] / n
    if both <= 0.0 or left <= 1e-9 or right <= 1e-9:
        return 0.0
    value = min(both / np.sqrt(left * right), 1.0) * n / (n + weighing.shrinkage)
    if n < weighing.significance:
        value *= n / weighing.significance
    return float(value)


@compiled
def nearest(column: int, posts: Rows, alike: FloatArray, best: FloatArray, offers: FloatArray) -> int:
    """The likenesses (into `best`, highest first) and offers of those most alike who rated this column.

    As many as `best` is long; answers how many there are.
    """
    size = 0
    for slot in range(posts.starts[column], posts.starts[column + 1]):
        value = alike[posts.other[slot]]
        if value <= 0.0 or (size == len(best) and value <= best[size - 1]):
            continue
        place = size if size < len(best) else size - 1
        size = min(size + 1, len(best))
        while place > 0 and best[place - 1] < value:
            best[place] = best[place - 1]
            offers[place] = offers[place - 1]
            place -= 1
        best[place] = value
        offers[place] = posts.offered[slot]
    return size


@compiled
def weighed(best: FloatArray, offers: FloatArray, size: int, weighing: Weighing) -> float:
    """sum of w * offered / (sum of w + damping), w = likeness^power; 0 where nobody speaks."""
    weight = weighing.damping
    total = 0.0
    for place in range(size):
        share = best[place] ** weighing.power
        weight += share
        total += share * offers[place]
    return total / weight if weight > 0.0 else 0.0


@compiled
def corrections(
    targets: IntArray, bounds: IntArray, columns: IntArray, own: Rows, posts: Rows, n: int, weighing: Weighing
) -> FloatArray:
    """What the neighbours add to the baseline, query by query.

    Query q asks for columns[q]; those from bounds[t] to bounds[t + 1] are asked by targets[t]. n: how many
    rows there are that could be neighbours.
    """
    answers = np.zeros(len(columns))
    sums, met, alike = np.zeros((n, 6)), np.empty(n, dtype=np.int64), np.zeros(n)
    best, offers = np.zeros(weighing.neighbours), np.zeros(weighing.neighbours)
    for at in range(len(targets)):
        count = add_row(targets[at], own, posts, sums, met)
        for row in met[:count]:
            alike[row] = 0.0 if row == targets[at] else likeness(sums[row], weighing)
            sums[row] = 0.0
        for query in range(bounds[at], bounds[at + 1]):
            size = nearest(columns[query], posts, alike, best, offers)
            answers[query] = weighed(best, offers, size, weighing)
        for row in met[:count]:
            alike[row] = 0.0
    return answers
