"""Signed tokens: the session of a widget, the identity that a shop vouches for, the storefront's visit.

All are JWTs with HS256. Each kind has its own audience, so that one can never pass for another, and the
identity has a key of its own, which the shop's server holds too.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import jwt

from shop.context import Shop
from shop.errors import InvalidInput, Unauthorized

SESSION, STOREFRONT = "aisle-session", "aisle-storefront"
IDENTITY_MINUTES = 10
_ID_PATTERN_LENGTH = 22


@dataclass(frozen=True)
class Identity:
    """Whom the shop vouches for: a shopper, a visit of its own site (22 characters), or both."""

    shopper_id: str | None = None
    visit_id: str | None = None


def sign_session(shop: Shop, conversation_id: str) -> tuple[str, datetime]:
    """A session token for the conversation, and when it ends."""
    expires_at = shop.now() + timedelta(hours=shop.settings.session_hours)
    claims = {"sub": conversation_id, "aud": SESSION, "iat": shop.now(), "exp": expires_at}
    return _sign(shop, "session", claims), expires_at


def read_session(shop: Shop, token: str) -> str:
    """The conversation that a session token stands for.

    Raises:
        Unauthorized: the token was not signed here, was altered, or has expired.
    """
    try:
        return str(_read(shop, "session", token, SESSION)["sub"])
    except jwt.InvalidTokenError:
        raise Unauthorized("the session token is not valid", code="invalid_session") from None


def sign_identity(shop: Shop, identity: Identity) -> str:
    """What the shop's own server hands to the widget for the shopper who is logged in there."""
    expires_at = shop.now() + timedelta(minutes=IDENTITY_MINUTES)
    claims = {"sub": identity.shopper_id, "visit": identity.visit_id, "exp": expires_at}
    return _sign(shop, "identity", {key: value for key, value in claims.items() if value is not None})


def read_identity(shop: Shop, token: str) -> Identity:
    """Whom an identity token vouches for.

    Raises:
        InvalidInput: it was not signed by the shop, has expired, or names nobody (field `identity`).
    """
    try:
        claims = _read(shop, "identity", token)
        identity = Identity(_text(claims, "sub"), _text(claims, "visit"))
    except jwt.InvalidTokenError:
        identity = Identity()
    if identity == Identity() or (identity.visit_id and len(identity.visit_id) != _ID_PATTERN_LENGTH):
        raise InvalidInput("the identity is not valid", field="identity", code="invalid_identity")
    return identity


def sign_visit(shop: Shop, identity: Identity) -> str:
    """The storefront's cookie: which visit this is, and who is logged in."""
    expires_at = shop.now() + timedelta(hours=shop.settings.session_hours)
    claims = {"sub": identity.shopper_id, "visit": identity.visit_id, "aud": STOREFRONT, "exp": expires_at}
    return _sign(shop, "session", {key: value for key, value in claims.items() if value is not None})


def read_visit(shop: Shop, cookie: str) -> Identity | None:
    """The visit that a cookie stands for; None for a cookie that is not ours or has expired."""
    try:
        claims = _read(shop, "session", cookie, STOREFRONT)
        return Identity(_text(claims, "sub"), _text(claims, "visit"))
    except jwt.InvalidTokenError:
        return None


def _sign(shop: Shop, secret: str, claims: dict[str, Any]) -> str:
    return jwt.encode(claims, shop.settings.secret(secret), algorithm="HS256")


def _read(shop: Shop, secret: str, token: str, audience: str | None = None) -> dict[str, Any]:
    # The clock is the shop's, so expiry is checked here; the library only knows the system's.
    claims: dict[str, Any] = jwt.decode(
        token,
        shop.settings.secret(secret),
        algorithms=["HS256"],
        audience=audience,
        options={"require": ["exp"], "verify_exp": False, "verify_iat": False, "verify_sub": False},
    )
    if not isinstance(claims["exp"], int | float) or claims["exp"] <= shop.now().timestamp():
        raise jwt.ExpiredSignatureError
    return claims


def _text(claims: dict[str, Any], name: str) -> str | None:
    value = claims.get(name)
    if value is not None and (not isinstance(value, str) or not 0 < len(value) <= 200 or "\x00" in value):
        raise jwt.InvalidTokenError
    return value
