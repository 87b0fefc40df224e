"""Queries on the currency in which somebody wants to see prices."""

from sqlalchemy import Connection, bindparam, select, update

from shop.storage.tables import conversations, shoppers

_OF_CONVERSATION = select(conversations.c.currency).where(conversations.c.id == bindparam("conversation_id"))
_OF_SHOPPER = select(shoppers.c.currency).where(shoppers.c.id == bindparam("shopper_id"))


def chosen_currency(
    connection: Connection, conversation_id: str | None, shopper_id: str | None
) -> str | None:
    """The conversation's currency, else the shopper's; None where neither has one."""
    of_conversation = connection.execute(_OF_CONVERSATION, {"conversation_id": conversation_id}).scalar()
    return of_conversation or connection.execute(_OF_SHOPPER, {"shopper_id": shopper_id}).scalar()


def choose_currency(
    connection: Connection, conversation_id: str | None, shopper_id: str | None, currency: str
) -> None:
    """Keep a currency for the conversation, and for the shopper if somebody is logged in."""
    connection.execute(
        update(conversations).where(conversations.c.id == conversation_id).values(currency=currency)
    )
    connection.execute(update(shoppers).where(shoppers.c.id == shopper_id).values(currency=currency))
