"""Skill: the shopper corrects what the shop concluded: gifts, diets, what they do not want to be shown."""

import re
from collections.abc import Sequence

from actions.pointing import point
from actions.reply import AskBack, Button, Reply
from actions.turn import Turn
from shop import corrections
from shop.avoiding import AVOID, GIFT, GIFT_ORDER
from shop.corrections import Correction
from shop.exclusions import hear, load_exclusions
from shop.orders import Order, recent_orders

_GIFT = re.compile(
    r"\b(?:gifts?|presents?|somebody else|someone else|for (?:my|a|an|the|our) (?!me\b)\w+|not for me"
    r"|wasn'?t for me|weren'?t for me|for guests|one[- ]time|only bought)\b"
    r"|礼物|禮物|送人|送给|送給|送礼|给别人|給別人|帮别人|幫別人|替别人|不是我(?:自己)?(?:用|吃|喝|买|要)|帮(?:朋友|邻居|同事|家人|我妈|我爸)|替(?:朋友|邻居|同事|家人|我妈|我爸)",
    re.IGNORECASE,
)
_ORDER = re.compile(
    r"\b(?:order|purchase|everything i bought|last time)\b|订单|訂單|上一单|上次买的|那一单", re.IGNORECASE
)
_NOT = re.compile(
    r"\b(?:no|not|never|hate|dislike|stop|without|avoid|allerg\w*|intoleran\w*|can'?t|cannot|quit|less)\b|n'?t\b"
    r"|不|没|沒|别|別|讨厌|討厭|过敏|過敏|戒|忌",
    re.IGNORECASE,
)
_BACK = re.compile(
    r"\b(?:undo|take (?:that|it) back|after all|was wrong|do like|forget (?:that|what i said))\b"
    r"|撤销|撤銷|撤回|收回|又(?:喜欢|能|可以)|还是喜欢",
    re.IGNORECASE,
)
_GROUPS = {"product": "avoid_kind", "category": "avoid_category", "department": "avoid_department"} | {
    "brand": "avoid_brand"
}
MOST_GIFTS, MOST_CHOICES = 10, 5
UNDO = "undo"


def correct_profile(turn: Turn) -> Reply:
    """Note what was said, from the next answer on; ask, with examples, where nothing of it can be used."""
    if choice := turn.first("choice"):
        return _chosen(turn, str(choice))
    heard = hear(turn.text, load_exclusions())
    if heard.taken_back:
        return _no_longer(turn, heard.taken_back)
    if heard.stated:
        return _noted(
            turn, [corrections.correct(turn.shop, turn.audience, AVOID, key) for key in heard.stated]
        )
    if _BACK.search(turn.text):
        return _latest_back(turn)
    if _GIFT.search(turn.text):
        return _gift(turn)
    if _NOT.search(turn.text) and turn.has(*_GROUPS):
        return _avoid(turn)
    return Reply("utter_correct_how")


def _avoid(turn: Turn) -> Reply:
    """No more of the group of products that was named; the last name is the thing itself."""
    named = [entity for entity in turn.entities if entity.name in _GROUPS][-1]
    kind, value = _GROUPS[named.name], str(named.value)
    return _noted(turn, [corrections.correct(turn.shop, turn.audience, kind, value)])


def _gift(turn: Turn) -> Reply:
    order_id = turn.first("order_id")
    if order_id is None and _ORDER.search(turn.text):
        order_id = next((order.order_id for order in _orders(turn, 1)), None)
    if order_id is not None:
        if turn.audience.shopper_id is None:
            return Reply("utter_login_needed")
        given = corrections.correct(turn.shop, turn.audience, GIFT_ORDER, str(order_id))
        return Reply("utter_gift_order_noted", {"order_id": given.value}, buttons=_undo(turn, [given]))
    items = _items(turn)
    return _given(turn, items) if items else _which(turn)


def _items(turn: Turn) -> list[str]:
    """What was a gift: what the words name among the latest purchases, else what they point at."""
    for entity in turn.entities:
        if entity.name in _GROUPS:
            level = _GROUPS[entity.name].removeprefix("avoid_")
            if bought := corrections.latest_bought(turn.shop, turn.audience, level, str(entity.value)):
                return bought
    try:
        return [each.item.item_id for each in point(turn)]
    except AskBack:
        return []


def _which(turn: Turn) -> Reply:
    """Ask which purchase is meant, with the latest order to choose from."""
    lines = [line for order in _orders(turn, 1) for line in order.lines][:MOST_CHOICES]
    buttons = [Button(line.name, "correct_profile", {"choice": f"{GIFT}:{line.item_id}"}) for line in lines]
    return Reply("utter_gift_which" if buttons else "utter_correct_how", buttons=buttons)


def _orders(turn: Turn, n: int) -> list[Order]:
    return recent_orders(turn.shop, turn.audience, n) if turn.audience.shopper_id else []


def _given(turn: Turn, items: Sequence[str]) -> Reply:
    given = [corrections.correct(turn.shop, turn.audience, GIFT, item) for item in items[:MOST_GIFTS]]
    return Reply("utter_gift_noted", {"item": _list(given)}, buttons=_undo(turn, given))


def _noted(turn: Turn, noted: Sequence[Correction]) -> Reply:
    return Reply("utter_avoid_noted", {"what": _list(noted)}, buttons=_undo(turn, noted))


def _undo(turn: Turn, made: Sequence[Correction]) -> list[Button]:
    """A button that takes the corrections back, if it is one."""
    title = turn.shop.phrases.say("storefront-my-data-take-back", turn.audience.locale)
    return [Button(title, "correct_profile", {"choice": f"{UNDO}:{each.id}"}) for each in made[:1]]


def _chosen(turn: Turn, choice: str) -> Reply:
    """A button of ours: take a correction back, or note a gift."""
    what, _, value = choice.partition(":")
    if what == GIFT:
        return _given(turn, [value])
    return _back(
        turn, [each for each in corrections.corrections_of(turn.shop, turn.audience) if each.id == value]
    )


def _no_longer(turn: Turn, keys: Sequence[str]) -> Reply:
    made = corrections.corrections_of(turn.shop, turn.audience)
    return _back(turn, [each for each in made if each.kind == AVOID and each.value in keys])


def _latest_back(turn: Turn) -> Reply:
    """Take back what is named, else the latest correction."""
    made = corrections.corrections_of(turn.shop, turn.audience)
    named = {str(entity.value) for entity in turn.entities}
    return _back(turn, [each for each in made if each.value in named] or made[-1:])


def _back(turn: Turn, undone: Sequence[Correction]) -> Reply:
    for each in undone:
        corrections.take_back(turn.shop, turn.audience, each.id)
    if not undone:
        return Reply("utter_nothing_to_take_back")
    return Reply("utter_correction_taken_back", {"what": _list(undone)})


def _list(made: Sequence[Correction]) -> str:
    return ", ".join(each.label for each in made)
