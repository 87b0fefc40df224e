"""Which of our languages fits what somebody asked for."""

from typing import cast

from shop.context import Shop
from shop.phrases import LOCALES
from web.schemas import Locale


def choose_locale(shop: Shop, asked: str | None) -> Locale:
    """The language for a tag such as `zh-Hans-CN`; the shop's default for one that it does not speak."""
    language = (asked or "").partition("-")[0].lower()
    return cast(Locale, language if language in LOCALES else shop.settings.default_locale)


def accepted_locale(shop: Shop, header: str) -> Locale:
    """The first language of an Accept-Language header that the shop speaks."""
    tags = (part.partition(";")[0].strip() for part in header.split(","))
    known = (tag for tag in tags if tag.partition("-")[0].lower() in LOCALES)
    return choose_locale(shop, next(known, None))
