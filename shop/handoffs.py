"""Handing a conversation to staff: when they will answer, and what they should know first."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from shop.context import Shop
from shop.dates import moment_label
from shop.identifiers import new_id
from shop.storage import handoffs as queries
from shop.storage.carts import cart_of
from shop.storage.catalogue import names_by_id
from shop.storage.conversations import Conversation
from shop.storage.handoffs import HandoffRow, TurnFactsRow
from shop.storage.rows import Connection

NOT_UNDERSTOOD = ("action_fallback", "action_did_you_mean")


def staff_sentence(shop: Shop, locale: str) -> str:
    """When staff will answer: soon within their hours, else from when on."""
    service = shop.answers.book().service
    hours, now = service.opening(), shop.now()
    if hours.is_open(now):
        return shop.phrases.say("handoff-open", locale)
    opening = hours.next_opening(now)
    if opening is None:
        return shop.phrases.say("handoff-never", locale, email=service.email)
    return shop.phrases.say("handoff-closed", locale, when=moment_label(opening, locale))


def hand_over(connection: Connection, shop: Shop, conversation: Conversation, reason: str) -> None:
    """Write down that staff were asked for, and why, with a summary of the conversation so far."""
    service = shop.answers.book().service
    row = HandoffRow(
        id=new_id(),
        conversation_id=conversation.id,
        reason=reason,
        summary=summary_of(connection, conversation),
        within_hours=service.opening().is_open(shop.now()),
        created_at=shop.now(),
    )
    queries.add_handoff(connection, row)


def summary_of(connection: Connection, conversation: Conversation) -> dict[str, Any]:
    """What staff should know: `language`, `turns`, `intents` (each once, with its count), `failed` turns,
    `orders` that were named, items `shown` last, `refused` and in the `cart` (id and name each).
    """
    turns = queries.understood(connection, conversation.id)
    shown = queries.items_shown(connection, conversation.id)
    refused = queries.items_refused(connection, conversation.id)
    cart = [line.item_id for line in cart_of(connection, conversation.shopper_id or conversation.id)]
    names = names_by_id(connection, {*shown, *refused, *cart}, conversation.locale)
    return {
        "language": conversation.locale,
        "turns": len(turns),
        "intents": dict(Counter(turn.intent for turn in turns if turn.intent)),
        "failed": sum(_failed(turn) for turn in turns),
        "orders": _named(turns, "order_id"),
        "shown": _named_items(shown, names),
        "refused": _named_items(refused, names),
        "cart": _named_items(cart, names),
    }


def handoffs_of(shop: Shop, conversation_id: str) -> list[HandoffRow]:
    """The handoffs of a conversation, oldest first."""
    with shop.database.read() as connection:
        return queries.handoffs_of(connection, conversation_id)


def _failed(turn: TurnFactsRow) -> bool:
    return turn.status == "failed" or any(action in NOT_UNDERSTOOD for action in turn.actions or ())


def _named(turns: Sequence[TurnFactsRow], entity: str) -> list[str]:
    found = (each for turn in turns for each in turn.entities or () if each.get("entity") == entity)
    return list(dict.fromkeys(str(each["value"]) for each in found))


def _named_items(item_ids: Sequence[str], names: dict[str, str]) -> list[dict[str, str]]:
    return [{"item_id": item_id, "name": names.get(item_id, item_id)} for item_id in item_ids]
