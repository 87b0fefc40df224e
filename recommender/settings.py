"""What all settings have in common, and the settings that more than one model takes."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field


class Settings(BaseModel):
    """Base: immutable, strict about names, and written to JSON with infinities intact."""

    model_config = ConfigDict(frozen=True, extra="forbid", ser_json_inf_nan="strings")


class KnnConfig(Settings):
    """Item neighbours by co-occurrence, with asymmetric exponents."""

    neighbours: int = Field(50, ge=1)
    """Neighbours kept per item."""
    row_exponent: float = Field(0.8, ge=0.0, le=2.0)
    """Discount of shoppers (or baskets) with many items."""
    source_exponent: float = Field(0.5, ge=0.0, le=2.0)
    """Discount of frequent items on the side of the cause."""
    target_exponent: float = Field(0.3, ge=0.0, le=2.0)
    """Discount of frequent items on the side of the recommendation."""
    prune: Literal["source", "target"] = "source"
    """Whether `neighbours` counts what a cause points to, or what points to a recommendation."""
    likeness: Literal["asymmetric", "adjusted"] = "asymmetric"
    """Asymmetric cosine by the exponents above; or adjusted cosine, which knows none of them and tells by how
    much weightier than a shopper's average a taking is."""
    min_support: int = Field(3, ge=1)
    """Items with fewer takers have no neighbours by co-occurrence: they are cold, and go by content."""
