"""Limits that go on holding: "organic, under 5" means the next suggestions too, until a new search."""

from datetime import timedelta

from actions.turn import Turn
from shop.screens import last_screen
from shop.wish_words import say_limits
from shop.wishes import ANYTHING, Wish

# Whoever comes back the next day starts afresh.
HOLDS_FOR = timedelta(hours=2)


def held(turn: Turn) -> Wish:
    """The limits of what is on the screen, for showing something else within them."""
    screen = last_screen(turn.shop, turn.audience, compared=False)
    if screen is None or turn.shop.now() - screen.shown_at > HOLDS_FOR:
        return ANYTHING
    return screen.wish.held


def told_limits(turn: Turn, wish: Wish) -> str:
    """The limits in words, empty where there are none."""
    return say_limits(turn.shop, turn.audience, wish)
