"""Buttons that narrow down what is shown, or take the last step back."""

from actions.critiques import content_to_compare
from actions.reply import Button
from actions.turn import Turn
from shop.slates import Slate

UNDO = "undo"
# A slate of so many products is full: there may be more.
FULL = 5
_TITLES = {"bigger": "bigger-pack", "other_brand": "another-brand"}


def refinements(turn: Turn, slate: Slate, *, undo: bool = False) -> list[Button]:
    """Quick replies that narrow a slate down: only those that its products leave room for."""
    items = [each.product for each in slate.items]
    sizes = {content.amount for _, content in content_to_compare(items)}
    useful = {
        "cheaper": len({item.price_minor for item in items}) > 1,
        "bigger": len(sizes) > 1,
        "other_brand": len({item.brand for item in items if item.brand}) == 1 and len(items) > 1,
        "more": len(items) >= FULL,
        UNDO: undo,
    }
    return [
        refine_button(turn, _TITLES.get(name, name), {"critique": name})
        for name, is_useful in useful.items()
        if is_useful
    ]


def refine_button(turn: Turn, title: str, entities: dict[str, object], **values: object) -> Button:
    """A quick reply that refines; its title is a phrase of wishes.ftl."""
    said = turn.shop.phrases.say(f"wish-{title}", turn.audience.locale, **values)
    return Button(said, "refine", entities)
