"""Learning the network's numbers with PyTorch, which is imported only when somebody learns."""

import importlib
import math
from dataclasses import dataclass
from typing import Any

import numpy as np

from recommender.arrays import AnyArray, IntArray, WeightArray
from recommender.deep.batches import Batch
from recommender.deep.config import DeepConfig, NetworkConfig
from recommender.deep.network import TINY, shapes
from recommender.errors import RecommenderError

HASTY = ("fading",)
"""Parameters that move ten times as fast: few numbers, or one a batch seldom touches."""

START_OF_FADING = (1.0, -0.5, -4.0)
"""Slow: after ten baskets a return weighs about a fourth."""


class TorchMissing(RecommenderError):
    """PyTorch is needed to fit, and not installed."""


def pytorch() -> Any:
    """The torch module, or TorchMissing with the extra that brings it."""
    try:
        return importlib.import_module("torch")
    except ImportError as error:
        raise TorchMissing(
            "fitting a sequence model needs PyTorch: install the extra `deep` (uv sync --extra deep)"
        ) from error


def starting_values(
    config: NetworkConfig, popularity: AnyArray, again: float, rng: np.random.Generator
) -> dict[str, WeightArray]:
    """Random vectors and mappings; biases that give every row's share of takings; nothing else yet.

    popularity: takings of an item of each row. again: what a first return is worth at the start.
    """
    values = {}
    for name, shape in shapes(config, len(popularity)).items():
        kind = name.split(".")[-1]
        if kind.endswith("_norm"):
            values[name] = np.stack([np.ones(shape[1]), np.zeros(shape[1])])
        elif len(shape) == 2 and kind != "nearness":
            values[name] = rng.normal(0.0, 1.0 / math.sqrt(shape[-1 if name == "items" else 0]), shape)
        else:
            values[name] = np.zeros(shape)
    values["bias"] = np.log(popularity + 1.0) - math.log(popularity.mean() + 1.0)
    values["again"] = np.full(len(popularity), again)
    values["fading"] = np.array(START_OF_FADING)
    return {name: value.astype(np.float32) for name, value in values.items()}


@dataclass
class Learner:
    """The parameters under way, their running mean, and the optimiser."""

    torch: Any
    config: DeepConfig
    values: dict[str, Any]
    means: dict[str, Any]
    optimiser: Any
    rows: Any

    @classmethod
    def of(cls, config: DeepConfig, start: dict[str, WeightArray], rows: IntArray) -> "Learner":
        """From starting values. rows: the row of every catalogue item's vector."""
        torch = pytorch()
        values = {name: torch.tensor(value, requires_grad=True) for name, value in start.items()}
        rate = config.training.learning_rate
        groups = [
            {"params": [value for name, value in values.items() if name not in HASTY], "lr": rate},
            {"params": [values[name] for name in HASTY], "lr": 10.0 * rate},
        ]
        means = {name: value.detach().clone() for name, value in values.items()}
        optimiser = torch.optim.Adam(groups, betas=(0.9, 0.98))
        return cls(torch, config, values, means, optimiser, torch.from_numpy(rows))

    def step(self, batch: Batch) -> float:
        """One step downhill; the loss before it."""
        self.optimiser.zero_grad(set_to_none=True)
        loss = self.loss(batch)
        loss.backward()
        self.torch.nn.utils.clip_grad_norm_(list(self.values.values()), 5.0)
        self.optimiser.step()
        kept = self.config.training.averaging
        with self.torch.no_grad():
            for name, value in self.values.items():
                self.means[name].lerp_(value, 1.0 - kept)
        return float(loss.detach())

    def averaged(self) -> dict[str, WeightArray]:
        """The running means, as NumPy arrays of their own."""
        return {name: value.numpy().copy() for name, value in self.means.items()}

    def loss(self, batch: Batch) -> Any:
        """Mean over predicted baskets of the mean cross-entropy of their items among the candidates.

        Klenitskiy and Vasilev, "Turning dross into gold loss: is BERT4Rec really better than SASRec?" (RecSys
        2023). Where not all items are candidates, those drawn stand for those that were not: each counts as
        often as it has to (batch.corrections), which keeps the overconfidence away that Petrov and Macdonald,
        "gSASRec" (RecSys 2023), describe.
        """
        torch = self.torch
        board = self.scores(batch) + torch.from_numpy(batch.corrections)
        surprise = torch.logsumexp(board, dim=1)[torch.from_numpy(batch.target_of)]
        hits = board[torch.from_numpy(batch.target_of), torch.from_numpy(batch.target_place)]
        return ((surprise - hits) * torch.from_numpy(batch.target_weight)).sum()

    def scores(self, batch: Batch) -> Any:
        """Predicted baskets x candidates: the same as network.scores, a batch at a time."""
        torch, values = self.torch, self.values
        flow = states(torch, values, self.config, batch, self.rows)
        chosen = flow.reshape(-1, flow.shape[-1])[torch.from_numpy(batch.asked)]
        rows = self.rows[torch.from_numpy(batch.candidates)]
        board = chosen @ values["items"][rows].T + values["bias"][rows]
        age = torch.from_numpy(batch.return_age)
        power, rate = torch.nn.functional.softplus(values["fading"][1:])
        weights = torch.exp(values["fading"][0] - power * torch.log1p(age) - rate * age)
        sums = torch.zeros(board.numel()).index_add(0, torch.from_numpy(batch.return_cell), weights)
        return board + values["again"][rows] * torch.log1p(sums).reshape(board.shape)


def states(torch: Any, values: dict[str, Any], config: DeepConfig, batch: Batch, rows: Any) -> Any:
    """Sequences x baskets x dimensions: the same as network.states, with dropout."""
    size, rate = config.network.dimensions, config.training.dropout
    cells = batch.length * len(batch.lengths)
    vectors = values["items"][rows[torch.from_numpy(batch.items)]]
    flow = torch.zeros(cells, size).index_add(0, torch.from_numpy(batch.cell), vectors)
    sizes = np.maximum(np.bincount(batch.cell, minlength=cells), 1).astype(np.float32)
    flow = (flow / torch.from_numpy(np.sqrt(sizes))[:, None]).reshape(-1, batch.length, size)

    def thinned(step: Any) -> Any:
        return torch.nn.functional.dropout(step, rate)

    flow = thinned(flow)
    for at in range(config.network.blocks):
        own = {name.split(".")[-1]: value for name, value in values.items() if name.startswith(f"block{at}.")}
        inner = normalised(torch, flow, own["attention_norm"])
        flow = flow + thinned(attended(torch, own, config.network.heads, inner))
        inner = normalised(torch, flow, own["feed_norm"]) @ own["feed_in"] + own["feed_in_bias"]
        flow = flow + thinned(torch.relu(inner) @ own["feed_out"] + own["feed_out_bias"])
    return normalised(torch, flow, values["last_norm"])


def attended(torch: Any, own: dict[str, Any], heads: int, flow: Any) -> Any:
    """Causal self-attention, as network.attended; nothing sees the padding after a sequence."""
    count, length, size = flow.shape
    query, key, value = (
        (flow @ own[name]).reshape(count, length, heads, -1).transpose(1, 2)
        for name in ("query", "key", "value")
    )
    distance = torch.arange(length)[:, None] - torch.arange(length)[None, :]
    bias = own["nearness"][:, distance.clamp(min=0)].masked_fill(distance < 0, -math.inf)
    mixed = torch.nn.functional.scaled_dot_product_attention(query, key, value, attn_mask=bias[None])
    return mixed.transpose(1, 2).reshape(count, length, size) @ own["mixed"]


def normalised(torch: Any, flow: Any, norm: Any) -> Any:
    """Layer normalisation, as network.normalised."""
    return torch.nn.functional.layer_norm(flow, flow.shape[-1:], norm[0], norm[1], eps=TINY)
