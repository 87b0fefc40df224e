"""Forms that our own pages sent."""

from collections.abc import Mapping
from urllib.parse import urlsplit

from shop.errors import AisleError, InvalidInput
from web.guard import has_control_characters
from web.kinds import AnyRequest


class ForeignForm(AisleError):
    """A form that another site sent in the visitor's name."""

    code = "foreign_form"
    status = 403


def own_form(request: AnyRequest) -> Mapping[str, str]:
    """The fields of a form from one of our own pages.

    Raises:
        ForeignForm: the browser says that it came from elsewhere.
        InvalidInput: a field holds characters that nobody types.
    """
    check_own_page(request)
    fields = {name: str(values[0]) for name, values in (request.form or {}).items()}
    for name, value in fields.items():
        if has_control_characters(value):
            raise InvalidInput("control characters", field=name)
    return fields


def check_own_page(request: AnyRequest) -> None:
    """Make sure that one of our own pages sends this; cookies alone would also come from elsewhere."""
    origin = request.headers.get("origin")
    elsewhere = origin is not None and urlsplit(origin).netloc != request.host
    if elsewhere or request.headers.get("sec-fetch-site") == "cross-site":
        raise ForeignForm("this form came from another site")


def own_path(address: str) -> str:
    """A path of this site to go on to; the home page for anything else."""
    is_ours = (
        address.startswith("/")
        and not address.startswith(("//", "/\\"))
        and not has_control_characters(address)
    )
    return address if is_ours else "/"
