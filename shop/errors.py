"""The one exception tree. Whoever answers a person or a program turns it into `{"error": {...}}`."""


class AisleError(Exception):
    """Something that the caller should hear about, with a stable code.

    Attributes:
        code: stable, machine-readable, lower_snake_case; also the key of the sentence in data/phrases.
        status: the HTTP status that fits.
        field: the input field at fault, where there is one.
        message: one clear English sentence for developers and logs; shoppers read data/phrases instead.
    """

    code = "internal"
    status = 500

    def __init__(self, message: str, *, field: str | None = None, code: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.field = field
        self.code = code or type(self).code

    def body(self) -> dict[str, dict[str, str]]:
        """The error as every interface sends it."""
        error = {"code": self.code, "message": self.message}
        return {"error": error | ({"field": self.field} if self.field else {})}


class InvalidInput(AisleError):
    """The caller sent something that cannot be used; `field` says what."""

    code = "invalid_input"
    status = 400


class NotFound(AisleError):
    """No such thing, or not the caller's to see."""

    code = "not_found"
    status = 404


class Unauthorized(AisleError):
    """No valid session or key."""

    code = "unauthorized"
    status = 401


class Conflict(AisleError):
    """The request contradicts what is already there."""

    code = "conflict"
    status = 409


class TooMany(AisleError):
    """A limit was reached; try again later."""

    code = "too_many_requests"
    status = 429


class Unavailable(AisleError):
    """A part that is needed is down; nothing said so far is lost."""

    code = "unavailable"
    status = 503


class StorageFull(Unavailable):
    """The disk that holds the database has no room left."""

    code = "storage_full"


class StorageDown(Unavailable):
    """The database cannot be reached, or stayed locked for longer than a writer waits."""

    code = "storage_unavailable"
