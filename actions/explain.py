"""Skill: why something was shown, from the reasons in the log."""

from actions.pointing import Pointed, point
from actions.reply import AskBack, Reply
from actions.turn import Turn
from shop import recommendations
from shop.screens import last_screen

MOST_EXPLAINED = 3


def explain(turn: Turn) -> Reply:
    """Explain the item that is meant, else the first ones on the screen, a line each."""
    meant = point(turn) or _on_screen(turn)
    if not meant:
        raise AskBack(Reply("utter_nothing_shown"))
    lines = [_line(turn, each) for each in meant[:MOST_EXPLAINED]]
    return Reply("utter_explained", {"reasons": "\n".join(lines)} | _focus(meant))


def _on_screen(turn: Turn) -> list[Pointed]:
    screen = last_screen(turn.shop, turn.audience)
    return [Pointed(item, screen.slate_id) for item in screen.items] if screen else []


def _line(turn: Turn, meant: Pointed) -> str:
    told = recommendations.explain(turn.shop, turn.audience, meant.item.item_id, meant.slate_id)
    return f"{told.name}: {' · '.join(told.reasons)}"


def _focus(meant: list[Pointed]) -> dict[str, object]:
    return {"item_id": meant[0].item.item_id} if len(meant) == 1 else {}
