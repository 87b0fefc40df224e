"""Erasures in words: what would go and what stays, and the receipt."""

from collections.abc import Mapping
from datetime import UTC, datetime
from functools import reduce

from babel.dates import format_datetime

from shop.context import Shop
from shop.erasure import KEPT, Receipt


def parts_sentence(shop: Shop, parts: Mapping[str, int], locale: str, *, kept: bool) -> str:
    """What goes, or what stays without the person, as a list in words."""
    said = [
        shop.phrases.say("rights-part", locale, part=part, count=count)
        for part, count in parts.items()
        if (part in KEPT) == kept
    ]
    if not said:
        return shop.phrases.say("rights-nothing", locale)
    return reduce(
        lambda first, second: shop.phrases.say("rights-list-and", locale, first=first, second=second), said
    )


def stamp(moment: datetime, locale: str) -> str:
    """Date and time in full, as a receipt needs them."""
    return f"{format_datetime(moment, 'medium', tzinfo=UTC, locale=locale)} UTC"


def receipt_sentence(shop: Shop, receipt: Receipt, locale: str) -> str:
    """The receipt as the chat shows it."""
    say = shop.phrases.say
    if receipt.finished_at is None:
        return say("rights-receipt-open", locale, number=receipt.number)
    sentence = say(
        "rights-receipt",
        locale,
        number=receipt.number,
        moment=stamp(receipt.finished_at, locale),
        deleted=parts_sentence(shop, receipt.parts, locale, kept=False),
        kept=parts_sentence(shop, receipt.parts, locale, kept=True),
    )
    return f"{sentence} {say('rights-receipt-afterwards', locale)}"
