"""Everything that can go wrong in a turn, with the code and HTTP status that web is told."""


class TurnError(Exception):
    """A turn without a reply. `code` is part of the contract with web; `field` names the offending input."""

    code = "internal"
    status = 500

    def __init__(self, message: str, field: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.field = field


class BadRequest(TurnError):
    """The request does not have the agreed shape."""

    code = "bad_request"
    status = 400


class Unauthorized(TurnError):
    """The shared secret is missing or wrong."""

    code = "unauthorized"
    status = 401


class TextTooLong(TurnError):
    """The shopper's text, or the whole request, is over the cap."""

    code = "text_too_long"
    status = 413


class ActionFailed(TurnError):
    """The action server was unreachable, slow or answered with something that is not an action's result."""

    code = "action_failed"
    status = 502


class EmptyTurn(TurnError):
    """Everything ran, and yet there is nothing to tell the shopper."""

    code = "empty_turn"
    status = 502


class TrackerFailed(TurnError):
    """The tracker store could not be read or written; nothing of the turn is kept."""

    code = "tracker_failed"
    status = 503


class ModelNotReady(TurnError):
    """No model is loaded yet."""

    code = "model_not_ready"
    status = 503


class TurnTimeout(TurnError):
    """The turn, or the turn before it in the same conversation, took too long."""

    code = "timeout"
    status = 504
