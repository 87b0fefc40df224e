"""What to show whom: one use case per way of asking, each answers a slate that is in the log already."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from recommender import Ranking
from shop import rankings
from shop.context import Audience, Shop
from shop.errors import Conflict, InvalidInput
from shop.events import check_on_slate
from shop.ordering import ordered
from shop.questions import Question, ask
from shop.rankings import Rank
from shop.reasons import read_names, restored, say_reasons
from shop.slates import Slate, SlateItem, log_slate
from shop.storage.catalogue import products_by_id
from shop.storage.rows import Connection
from shop.wishes import ANYTHING, Wish

MOST_ITEMS = 50
# Asked for beyond what is shown, to fill the places of items that sold out a moment ago.
SPARE = 3


@dataclass(frozen=True)
class Explanation:
    """Why an item is, or would be, shown to the asker: sentences, the weightiest first."""

    item_id: str
    name: str
    reasons: tuple[str, ...]


def recommend(
    shop: Shop, audience: Audience, wish: Wish = ANYTHING, n: int = 5, *, promoted: Sequence[str] = ()
) -> Slate:
    """The best items for the asker within the wish; `wish.text` narrows to what it finds.

    promoted: items of which one may take each promotion slot; cards say so, and the log.
    """
    rank = rankings.inviting(promoted)
    return _serve(shop, audience, wish, n, "recommend", rank, personal=True, showings=True)


def search(shop: Shop, audience: Audience, wish: Wish, n: int = 5) -> Slate:
    """What matches the wish: by text, what the asker keeps buying first; without text, the best for them."""
    rank = rankings.by_text if wish.text else rankings.personal
    return _serve(shop, audience, wish, n, "search", rank, personal=True)


def similar(shop: Shop, audience: Audience, item_id: str, wish: Wish = ANYTHING, n: int = 5) -> Slate:
    """Items like this one; where things are bought once, of those that the asker does not have.

    Raises:
        NotFound: the shop does not know it (field `item_id`).
    """

    def rank(question: Question, count: int) -> Ranking:
        return rankings.alike(question, question.about[item_id], count)

    wish = replace(wish, exclude=wish.exclude | {item_id})
    return _serve(shop, audience, wish, n, "similar", rank, about=[item_id])


def goes_with(
    shop: Shop, audience: Audience, item_ids: Collection[str], n: int = 5, wish: Wish = ANYTHING
) -> Slate:
    """What is bought together with these items; where things are bought once, not what the asker has.

    Raises:
        InvalidInput: no items were given. NotFound: the shop does not know one (both field `item_id`).
    """
    about = list(dict.fromkeys(item_ids))
    if not about:
        raise InvalidInput("goes_with needs at least one item", field="item_id")

    def rank(question: Question, count: int) -> Ranking:
        return question.model.goes_with(about, count, question.allowed)

    wish = replace(wish, exclude=wish.exclude.union(about))
    return _serve(shop, audience, wish, n, "goes_with", rank, about=about)


def buy_again(
    shop: Shop, audience: Audience, n: int = 5, wish: Wish = ANYTHING, *, asked: bool = True
) -> Slate:
    """What the shopper has bought before and may need again, with its rhythm and the last time.

    Empty for somebody who bought nothing yet; and, unless they `asked`, where nothing is bought again.

    Raises:
        Conflict: the shopper paused personalisation, so purchases are not looked at
            (code `personalisation_paused`).
    """

    def rank(question: Question, count: int) -> Ranking:
        if not question.visit.personal:
            raise Conflict("the shopper paused personalisation", code="personalisation_paused")
        worthwhile = asked or question.model.facts.repeat_purchase
        return rankings.again(question, count) if worthwhile else Ranking()

    return _serve(shop, audience, wish, n, "buy_again", rank, personal=True)


def new_products(shop: Shop, audience: Audience, wish: Wish = ANYTHING, n: int = 5) -> Slate:
    """What the shop has added lately (see shop.novelty), what suits the asker first; may be empty."""
    return _serve(shop, audience, wish, n, "new", rankings.novelties, personal=True)


def bestsellers(shop: Shop, audience: Audience, wish: Wish = ANYTHING, n: int = 5) -> Slate:
    """What everybody buys, within the wish."""

    def rank(question: Question, count: int) -> Ranking:
        return question.model.popular(count, question.allowed)

    return _serve(shop, audience, wish, n, "popular", rank)


def explain(shop: Shop, audience: Audience, item_id: str, slate_id: str | None = None) -> Explanation:
    """Why an item was shown on a slate; without a slate, why it would be shown to the asker now.

    Raises:
        NotFound: unknown item (field `item_id`), or not the asker's slate (field `slate_id`).
    """
    locale, asked = audience.locale, ""
    with shop.database.read() as connection:
        question = ask(shop, audience, ANYTHING, connection, about=[item_id], personal=slate_id is None)
        personal = question.visit.personal
        if slate_id is None:
            reasons = question.causes(item_id)
        else:
            slate, shown = check_on_slate(connection, audience, slate_id, item_id)
            reasons = tuple(restored(reason) for reason in shown.reasons)
            asked, personal = slate.query.get("text", ""), slate.query.get("personal", True)
        names = read_names(connection, reasons, locale)
    say = shop.phrases.say
    matched = [say("reason-search", locale, text=asked)] if asked else []
    paused = [] if personal else [say("reason-personalisation-paused", locale)]
    sentences = (*matched, *say_reasons(shop.phrases, reasons, names, locale), *paused)
    return Explanation(item_id, question.about[item_id].name, sentences or (say("reason-none", locale),))


def _serve(
    shop: Shop,
    audience: Audience,
    wish: Wish,
    n: int,
    purpose: str,
    rank: Rank,
    *,
    about: Sequence[str] = (),
    personal: bool = False,
    showings: bool = False,
) -> Slate:
    """Ask, rank, read price and stock once more, put the reasons into words, and log the slate."""
    if not 1 <= n <= MOST_ITEMS:
        raise InvalidInput(f"n must be 1 to {MOST_ITEMS}, got {n}", field="n")
    with shop.database.read() as connection:
        question = ask(shop, audience, wish, connection, about=about, personal=personal, showings=showings)
        ranking = ordered(question, rank, n + SPARE)
        cards = _cards(shop, question, connection, ranking, n)
    record = wish.record() | {"n": n, "personal": question.visit.personal}
    if about:
        record["about"] = list(about)
    if promoted := [card.item_id for card in cards if card.ranked.promoted]:
        record["promoted"] = promoted
    return log_slate(shop, audience, purpose, cards, query=record, model_version=question.model.version)


def _cards(
    shop: Shop, question: Question, connection: Connection, ranking: Ranking, n: int
) -> list[SlateItem]:
    """Cards of the first `n` items that are still for sale as wished, at the price of this moment."""
    locale = question.audience.locale
    sold = products_by_id(connection, [item.item_id for item in ranking], locale, question.now.date())
    fit = (item for item in ranking if item.item_id in sold and question.wish.admits(sold[item.item_id]))
    shown = list(islice(fit, n))
    names = read_names(connection, [reason for item in shown for reason in item.reasons], locale)
    label = (shop.phrases.say("reason-promoted", locale),)
    return [
        SlateItem(
            sold[item.item_id],
            position,
            item,
            (label if item.promoted else ()) + say_reasons(shop.phrases, item.reasons, names, locale),
            locale,
            question.audience.shown_in,
        )
        for position, item in enumerate(shown, start=1)
    ]
