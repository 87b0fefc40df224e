"""What the shop promises about cancelling, returning and refunding, from data/service_rules.toml."""

import tomllib
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from shop.settings import PROJECT_ROOT

PATH = PROJECT_ROOT / "data" / "service_rules.toml"

Status = Literal["placed", "packing", "on_the_way", "delivered"]


class Part(BaseModel):
    """A table of the file; keys that nobody reads are refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class While(Part):
    """States of an order in which something is still possible."""

    states: tuple[Status, ...] = Field(alias="while")


class Returns(Part):
    """Within how many days of delivery unopened things come back, and which departments' never do."""

    days: int = Field(ge=0)
    not_returned: frozenset[str]


class Claims(Part):
    """Within how many days of delivery a fault must be told, and up to which amount nobody needs to look."""

    days: int = Field(ge=0)
    approve_up_to: Decimal = Field(ge=0)


class Answers(Part):
    """Working days until a person answers and until money is back; and how often an order may be guessed."""

    person_days: int = Field(ge=0)
    refund_days: int = Field(ge=0)
    tries: int = Field(ge=1)


class ServiceRules(Part):
    """The whole file."""

    cancel: While
    change: While
    address: While
    returns: Returns
    damaged: Claims
    missing: Claims
    answers: Answers


@lru_cache(maxsize=4)
def _read(path: Path, _changed: int) -> ServiceRules:
    return ServiceRules.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))


def service_rules(path: Path = PATH) -> ServiceRules:
    """The rules as the file says now; it is read again when it changes.

    Raises:
        pydantic.ValidationError: the file says something that cannot be gone by.
    """
    return _read(path, path.stat().st_mtime_ns)
