"""Identifiers that the server makes."""

import secrets


def new_id() -> str:
    """22 characters of `[A-Za-z0-9_-]`, 128 random bits: unguessable, and safe in every store and address."""
    return secrets.token_urlsafe(16)


def new_order_id() -> str:
    """Twelve digits, because people read order numbers aloud and type them; ownership is checked anyway."""
    return f"{secrets.randbelow(9 * 10**11) + 10**11}"


def new_request_id() -> str:
    """R and eight digits: the number of a service request, told apart from an order's."""
    return f"R{secrets.randbelow(9 * 10**7) + 10**7}"
