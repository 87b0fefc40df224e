"""The JSON API: one module per kind of thing, each with its declared operations."""

from web.api import (
    cart,
    comparison,
    conversation,
    events,
    health,
    messages,
    my_data,
    recommendations,
    sessions,
    stream,
    widget,
)
from web.operations import Operation, Operations

PARTS: tuple[Operations, ...] = (
    sessions.api,
    messages.api,
    conversation.api,
    stream.api,
    events.api,
    cart.api,
    comparison.api,
    recommendations.api,
    my_data.api,
    widget.api,
    health.api,
)


def operations() -> list[Operation]:
    """Every operation that the API declares."""
    return [operation for part in PARTS for operation in part.declared]
