"""The forward pass in NumPy: what serves. recommender.deep.training does the same sums in PyTorch."""

import math
from collections.abc import Mapping

import numpy as np

from recommender.arrays import AnyArray, IntArray, WeightArray
from recommender.deep.config import NetworkConfig
from recommender.deep.sequences import Past

Parameters = Mapping[str, WeightArray]
"""The network's numbers by name: see `shapes`."""

TINY = 1e-5
"""Added to variances, so that a constant state does not divide by 0."""

HIDDEN = 4
"""Width of the feed-forward step, in states."""


def shapes(config: NetworkConfig, rows: int) -> dict[str, tuple[int, ...]]:
    """What every parameter is called and how large it is; `rows` item vectors.

    fading: see `returns`. A block's nearness: what each head adds for a basket so many places back.
    """
    size, inner = config.dimensions, HIDDEN * config.dimensions
    block: dict[str, tuple[int, ...]] = {
        "attention_norm": (2, size),
        "query": (size, size),
        "key": (size, size),
        "value": (size, size),
        "mixed": (size, size),
        "nearness": (config.heads, config.window),
        "feed_norm": (2, size),
        "feed_in": (size, inner),
        "feed_in_bias": (inner,),
        "feed_out": (inner, size),
        "feed_out_bias": (size,),
    }
    blocks = {f"block{at}.{name}": shape for at in range(config.blocks) for name, shape in block.items()}
    ends = {"items": (rows, size), "bias": (rows,), "again": (rows,), "fading": (3,), "last_norm": (2, size)}
    return {**ends, **blocks}


def state(parameters: Parameters, config: NetworkConfig, past: Past, rows: IntArray) -> WeightArray:
    """The state after the last of at least one basket: the last row of `states`."""
    last: WeightArray = states(parameters, config, past, rows)[-1]
    return last


def states(parameters: Parameters, config: NetworkConfig, past: Past, rows: IntArray) -> WeightArray:
    """One state a basket of the past, each knowing its own and the earlier baskets alone.

    rows: the row of every catalogue item's vector. A basket is the sum of its items' vectors over the root of
    their number, after Yu et al., "A dynamic recurrent model for next basket recommendation" (SIGIR 2016).
    The blocks are those of Kang and McAuley, "Self-attentive sequential recommendation" (ICDM 2018: SASRec),
    normalised before each step, and with learned weights of distance in place of positions, so that a state
    does not depend on where a window begins: Raffel et al., "Exploring the limits of transfer learning with
    a unified text-to-text transformer" (JMLR 2020).
    """
    flow = np.zeros((past.length, config.dimensions), dtype=np.float32)
    np.add.at(flow, past.places, parameters["items"][rows[past.items]])
    flow /= np.sqrt(np.bincount(past.places), dtype=np.float32)[:, None]
    for at in range(config.blocks):
        own = {name: parameters[f"block{at}.{name}"] for name in _block_names(parameters, at)}
        flow = flow + attended(own, config.heads, normalised(flow, own["attention_norm"]))
        inner = normalised(flow, own["feed_norm"]) @ own["feed_in"] + own["feed_in_bias"]
        flow = flow + np.maximum(inner, 0.0) @ own["feed_out"] + own["feed_out_bias"]
    return normalised(flow, parameters["last_norm"])


def attended(own: Parameters, heads: int, flow: WeightArray) -> WeightArray:
    """Causal self-attention: each place mixes what it and earlier places say."""
    length, size = flow.shape
    width = size // heads
    query, key, value = (
        (flow @ own[name]).reshape(length, heads, width).swapaxes(0, 1) for name in ("query", "key", "value")
    )
    distance = np.arange(length)[:, None] - np.arange(length)[None, :]
    weights = query @ key.swapaxes(1, 2) / np.float32(math.sqrt(width))
    weights = weights + own["nearness"][:, np.maximum(distance, 0)]
    weights = np.where(distance >= 0, weights, np.float32(-np.inf))
    weights = np.exp(weights - weights.max(axis=2, keepdims=True))
    weights /= weights.sum(axis=2, keepdims=True)
    mixed: WeightArray = (weights @ value).swapaxes(0, 1).reshape(length, size) @ own["mixed"]
    return mixed


def normalised(flow: WeightArray, norm: WeightArray) -> WeightArray:
    """Each row moved to mean 0 and variance 1, then scaled and shifted."""
    centred = flow - flow.mean(axis=1, keepdims=True)
    spread = np.sqrt((centred**2).mean(axis=1, keepdims=True) + np.float32(TINY))
    scaled: WeightArray = centred / spread * norm[0] + norm[1]
    return scaled


def scores(parameters: Parameters, config: NetworkConfig, past: Past, rows: IntArray) -> WeightArray:
    """One score a catalogue item: vector * state + bias + again * ln(1 + returns).

    The last term is the shopper's own repetition, which vectors alone are known to miss: Li et al., "A next
    basket recommendation reality check" (TOIS 2023). A basket later an item may be wanted more (milk), or
    never again (a film): `again` is learned an item, of either sign.
    """
    by_row = parameters["items"] @ state(parameters, config, past, rows) + parameters["bias"]
    board: WeightArray = by_row[rows]
    items, sums = returns(parameters["fading"], past)
    board[items] += parameters["again"][rows[items]] * np.log1p(sums)
    return board


def returns(fading: AnyArray, past: Past) -> tuple[IntArray, WeightArray]:
    """The past's distinct items, and for each the sum over its baskets of e^f0 * (1 + age)^-p * e^(-q age).

    age: baskets since, 0 for the latest. p and q: ln(1 + e^f1) and ln(1 + e^f2), so that nothing ever grows
    with age.
    """
    items, label = np.unique(past.items, return_inverse=True)
    age = (past.length - 1 - past.places).astype(np.float32)
    power, rate = np.logaddexp(np.float32(0.0), fading[1:])
    weights = np.exp(fading[0] - power * np.log1p(age) - rate * age)
    return items, np.bincount(label, weights=weights, minlength=len(items)).astype(np.float32)


def _block_names(parameters: Parameters, at: int) -> list[str]:
    head = f"block{at}."
    return [name.removeprefix(head) for name in parameters if name.startswith(head)]
