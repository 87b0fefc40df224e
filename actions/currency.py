"""Skill: prices in the shopper's currency."""

from actions.reply import Button, Reply
from actions.turn import Turn
from shop.currencies import choose_currency, currency_name, known_currencies
from shop.dates import date_label

# The currencies that are offered as buttons, where the shop has rates for them.
COMMON = ("USD", "EUR", "CNY", "GBP", "JPY")


def change_currency(turn: Turn) -> Reply:
    """Show prices in the currency that was named from now on; say which there are, if it is none of them."""
    code, locale = turn.first("currency"), turn.audience.locale
    if code is None:
        return Reply("utter_currency_which", buttons=_choices(turn))
    known = known_currencies(turn.shop)
    if code not in known:
        return Reply("utter_currency_unknown", {"codes": ", ".join(known)}, buttons=_choices(turn))
    exchange = choose_currency(turn.shop, turn.audience, str(code))
    own = currency_name(turn.shop.settings.currency, locale)
    if exchange is None:
        return Reply("utter_currency_own", {"currency": own})
    day = date_label(exchange.day, locale, turn.shop.now().date())
    values = {"currency": currency_name(str(code), locale), "own": own, "day": day}
    return Reply("utter_currency_changed", values)


def _choices(turn: Turn) -> list[Button]:
    known = known_currencies(turn.shop)
    return [
        Button(currency_name(code, turn.audience.locale), "change_currency", {"currency": code})
        for code in COMMON
        if code in known
    ]
