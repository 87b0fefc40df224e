"""The stage of life that given demographics speak of; nothing is guessed from purchases."""

import re
from collections.abc import Mapping
from typing import Literal

LifeStage = Literal["student", "family", "young", "middle", "older"]

YOUNG_UNTIL = 35
OLDER_FROM = 55
NUMBER = re.compile(r"\d+")
KIDS = re.compile(r"\bkids?\b|\bchild(ren)?\b", re.IGNORECASE)
NO_KIDS = re.compile(r"\b(no|without)\s+(kids?|child(ren)?)\b", re.IGNORECASE)


def life_stage(demographics: Mapping[str, object]) -> LifeStage | None:
    """The stage, None where too little is given.

    Read are `occupation`, `kids` (a count), `household` ("2 adults with kids") and `age` (a number, or a band
    such as "35-44" or "65+", of which the lower end counts); whatever else is given is left alone. Children
    at home come before age, after Wells and Gubar, "Life cycle concept in marketing research" (1966).
    """
    given = {name: str(value).strip() for name, value in demographics.items() if value is not None}
    if given.get("occupation", "").lower() == "student":
        return "student"
    if _has_kids(given):
        return "family"
    age = NUMBER.search(given.get("age", ""))
    if age is None:
        return None
    years = int(age[0])
    if years < YOUNG_UNTIL:
        return "young"
    return "older" if years >= OLDER_FROM else "middle"


def _has_kids(given: Mapping[str, str]) -> bool:
    count = NUMBER.search(given.get("kids", ""))
    if count is not None:
        return int(count[0]) > 0
    household = given.get("household", "")
    return bool(KIDS.search(household)) and not NO_KIDS.search(household)
