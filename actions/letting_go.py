"""Which limits a message takes back by name: "never mind the brand", "price doesn't matter", "品牌无所谓"."""

import re

_NAMED = {
    "price": ("price_max", "price_min"),
    "budget": ("price_max", "price_min"),
    "size": ("size",),
    "brand": ("brand", "other_brand"),
    "价格": ("price_max", "price_min"),
    "大小": ("size",),
    "规格": ("size",),
    "品牌": ("brand", "other_brand"),
    "牌子": ("brand", "other_brand"),
}
_NAME = "|".join(_NAMED)
_LET_GO = re.compile(
    rf"(?:never mind|forget|ignore|drop|don['’]?t care about)\s+(?:about\s+)?(?:the\s+)?({_NAME})"
    rf"|\bany\s+({_NAME})\b|({_NAME})\s+(?:does not|doesn['’]?t|don['’]?t)\s+matter"
    rf"|(?:不限|不管|不考虑)({_NAME})|({_NAME})(?:不限|无所谓|随便|都行|都可以)",
    re.IGNORECASE,
)


def is_about_letting_go(text: str, word: str) -> bool:
    """Whether a word of a text only says what is let go of."""
    return any(word in match[0].lower() for match in _LET_GO.finditer(text))


def let_go(text: str) -> tuple[str, ...]:
    """Names of the limits, as in `Wish.limits`."""
    names = (name for match in _LET_GO.finditer(text) for name in match.groups() if name)
    return tuple(limit for name in names for limit in _NAMED[name.lower()])
