"""Skills: greeting, starting over, and the language of the conversation."""

from rasa_sdk.events import AllSlotsReset, SlotSet

from actions.reply import Reply
from actions.turn import Turn
from shop.conversations import change_locale
from shop.errors import NotFound
from shop.phrases import LOCALES
from shop.shoppers import find_shopper


def greet(turn: Turn) -> Reply:
    """Greet, by name whoever is logged in."""
    try:
        shopper_id = turn.audience.shopper_id
        name = find_shopper(turn.shop, shopper_id).display_name if shopper_id else None
    except NotFound:  # a shop may know its shoppers before the assistant does
        name = None
    return Reply("utter_greet_known", {"name": name}) if name else Reply("utter_greet")


def start_over(turn: Turn) -> Reply:
    """Forget what the conversation was about, except its language. Cart and orders stay."""
    events = [AllSlotsReset(), SlotSet("language", turn.audience.locale)]
    return Reply("utter_started_over", events=events).settled()


def change_language(turn: Turn) -> Reply:
    """Speak the language that was named from now on; ask which, if it is none that the shop speaks."""
    language = turn.first("language")
    if language not in LOCALES or turn.audience.conversation_id is None:
        return Reply("utter_language_which")
    change_locale(turn.shop, turn.audience.conversation_id, language)
    # Rasa chooses the response before it sets the slot, so each language has a response of its own.
    return Reply(f"utter_language_is_{language}", events=[SlotSet("language", language)])
