"""What the widget loads from us: its code and its words."""

from typing import Annotated

from pydantic import Field
from sanic import HTTPResponse
from sanic.response import file

from shop.phrases import Phrases
from web.assets import STATIC
from web.kinds import AnyRequest
from web.locales import choose_locale
from web.operations import Operations
from web.schemas import Input, LanguageTag, Locale, Output
from web.services import services

# The browser fills these in; everything else in a phrase is text.
_PLACEHOLDERS = ("name", "count", "price", "total", "date", "id", "position", "state")

api = Operations("assets")


class WordsQuery(Input):
    """The language of the words."""

    locale: LanguageTag | None = None


class WordsOut(Output):
    """The widget's words by key; `{name}` and the like stand where the browser puts values."""

    locale: Locale
    words: Annotated[dict[str, str], Field(description="Keys as in data/phrases/*/widget.ftl.")]


@api.add("GET", "/api/v1/widget/words")
async def read_words(request: AnyRequest, query: WordsQuery) -> WordsOut:
    """The words that the widget shows, in one language."""
    shop = services(request).shop
    locale = choose_locale(shop, query.locale)
    return WordsOut(locale=locale, words=words_for_browser(shop.phrases, locale))


@api.add("GET", "/widget.js", media_type="text/javascript")
async def read_loader(_: AnyRequest) -> HTTPResponse:
    """The widget: one script tag on any page of the shop."""
    return await file(STATIC / "widget" / "loader.js", mime_type="text/javascript", no_store=False)


def words_for_browser(phrases: Phrases, locale: str) -> dict[str, str]:
    """The phrases of the widget with their placeholders kept, keys without their prefix."""
    kept = {name: f"{{{name}}}" for name in _PLACEHOLDERS}
    keys = sorted(key for key in phrases.keys(locale) if key.startswith("widget-"))
    return {key.removeprefix("widget-"): phrases.say(key, locale, **kept) for key in keys}
