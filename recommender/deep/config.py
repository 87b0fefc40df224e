"""Settings of the sequence model; what depends on the data is learned, or stopped by a hold-out."""

from pydantic import Field, model_validator

from recommender.settings import Settings


class NetworkConfig(Settings):
    """The shape of the network (recommender.deep.network)."""

    dimensions: int = Field(64, ge=2)
    """Length of an item's vector, and of a state."""
    blocks: int = Field(2, ge=0)
    """Attention blocks, one after the other."""
    heads: int = Field(2, ge=1)
    """Parts of a vector that attend by themselves."""
    window: int = Field(200, ge=1)
    """Latest baskets that are read; what lies before is forgotten."""

    @model_validator(mode="after")
    def _divisible(self) -> "NetworkConfig":
        if self.dimensions % self.heads:
            raise ValueError(f"dimensions ({self.dimensions}) must be a multiple of heads ({self.heads})")
        return self


class TrainingConfig(Settings):
    """How it is fitted."""

    learning_rate: float = Field(2e-3, gt=0.0)
    """Step of Adam; the few numbers that all items share move ten times as fast."""
    dropout: float = Field(0.3, ge=0.0, lt=1.0)
    """Share of a state's numbers left out at random while learning."""
    batch: int = Field(32, ge=1)
    """Sequences a step."""
    positions: int = Field(48, ge=1)
    """Baskets of a sequence that are predicted in a step, at most; drawn anew every time."""
    candidates: int = Field(4000, ge=2)
    """Items that a right answer is told apart from in a step, about; all of them in a smaller catalogue."""
    averaging: float = Field(0.98, ge=0.0, lt=1.0)
    """Share that the running mean of the weights keeps in a step: the mean is what serves."""
    epochs: int = Field(200, ge=1)
    """Passes over the log, at most."""
    patience: int = Field(6, ge=1)
    """Passes without a gain on the hold-out after which learning ends."""
    seconds: float = Field(300.0, gt=0.0)
    """Processor time after which no further pass begins."""
    held_share: float = Field(0.5, gt=0.0, lt=1.0)
    """Share of the shoppers whose last basket may be held out."""
    held_shoppers: int = Field(500, ge=1)
    """Shoppers whose last basket is held out, at most."""


class DeepConfig(Settings):
    """All of it."""

    network: NetworkConfig = NetworkConfig()
    training: TrainingConfig = TrainingConfig()
    min_support: int = Field(5, ge=1)
    """Items in fewer baskets have no vector of their own but share one."""
    most_items: int = Field(20_000, ge=1)
    """Items with a vector of their own, at most: those in most baskets."""
    n: int = Field(10, ge=1)
    """Length of the rankings that are judged on the hold-out (NDCG at n)."""
