"""The help page: what the shop says about itself, from the same file as the assistant's answers."""

from dataclasses import dataclass

from sanic import Blueprint, HTTPResponse

from shop.context import Shop
from web.kinds import AnyRequest
from web.services import services
from web.storefront.render import page
from web.storefront.visitors import visitor_of
from web.threads import in_thread

helping = Blueprint("storefront_helping")


@dataclass(frozen=True)
class Told:
    """One answer as the page shows it; `id` is its anchor."""

    id: str
    title: str
    text: str


@helping.get("/help")
async def help_page(request: AnyRequest) -> HTTPResponse:
    """Every answer, in the order of the file."""
    shop, visitor = services(request).shop, visitor_of(request)
    return await page(request, "help.html", answers=await in_thread(answers_in, shop, visitor.locale))


def answers_in(shop: Shop, locale: str) -> list[Told]:
    """What the file says, in a language."""
    book = shop.answers.book()
    return [
        Told(each.id, each.wording(locale).title, book.text_of(each, shop.phrases, locale))
        for each in book.answer
    ]
