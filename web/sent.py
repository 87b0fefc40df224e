"""What a shopper sent, made out: the words for the record, and what it asks of whom."""

from dataclasses import dataclass
from typing import Literal

from shop import catalogue, conversations
from shop.context import Shop
from shop.conversations import Conversation
from web.audience import audience_of
from web.contract import ButtonPress
from web.guard import clean_text, for_assistant
from web.schemas import CardAction, MessageIn, PlainAction, Starter

# A card's action as the assistant knows it; `tests/web` holds them against the domain.
CARD_INTENTS = {"similar": "ask_similar", "why": "explain_recommendation"}
STARTER_INTENTS = {"recommend": "ask_recommendation", "orders": "track_order", "coupons": "ask_coupons"}
PERSON_INTENT = "contact_human_agent"

Asks = Literal["assistant", "person", "bot"]


@dataclass(frozen=True)
class Sent:
    """`shown` stands in the record; `text` or `press` goes to the assistant, unless `asks` says otherwise.

    `asks`: `assistant` for an answer by Rasa, `person` for staff, `bot` to go back from staff to the bot.
    """

    shown: str
    text: str | None = None
    press: ButtonPress | None = None
    asks: Asks = "assistant"


def make_out(shop: Shop, conversation: Conversation, message: MessageIn) -> Sent:
    """Understand what was sent; nothing is written.

    Raises:
        InvalidInput, NotFound: empty or overlong text, an unknown button, an item that was never shown.
    """
    if message.button is not None:
        return _from_button(shop, conversation, message.button)
    if isinstance(message.action, CardAction):
        return _from_card(shop, conversation, message.action)
    if isinstance(message.action, Starter | PlainAction):
        return _from_action(shop, conversation, message.action)
    text = clean_text(message.text or "")
    return Sent(text, text=for_assistant(text))


def _from_button(shop: Shop, conversation: Conversation, token: str) -> Sent:
    button = conversations.find_button(shop, conversation.id, token)
    if button.intent == PERSON_INTENT:
        return Sent(button.title, asks="person")
    return Sent(button.title, press=ButtonPress(intent=button.intent, entities=dict(button.entities)))


def _from_card(shop: Shop, conversation: Conversation, action: CardAction) -> Sent:
    conversations.check_shown(shop, audience_of(conversation), action.slate_id, action.item_id)
    name = catalogue.product(shop, action.item_id, conversation.locale).name
    shown = shop.phrases.say(f"web-action-{action.kind}", conversation.locale, name=name)
    entities = {"item_id": action.item_id, "slate_id": action.slate_id}
    return Sent(shown, press=ButtonPress(intent=CARD_INTENTS[action.kind], entities=entities))


def _from_action(shop: Shop, conversation: Conversation, action: Starter | PlainAction) -> Sent:
    shown = shop.phrases.say(f"web-action-{action.kind}", conversation.locale)
    if isinstance(action, Starter):
        return Sent(shown, press=ButtonPress(intent=STARTER_INTENTS[action.kind]))
    return Sent(shown, asks=action.kind)
