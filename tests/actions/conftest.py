"""Conversations with the skills on the small shop."""

import pytest

from shop.context import Audience, Shop
from tests.actions.chat import Chat
from tests.conftest import FakeClock


@pytest.fixture
def with_anna(small_shop: Shop, anna: Audience, clock: FakeClock) -> Chat:
    """A conversation with a baker who is logged in."""
    return Chat(small_shop, anna, clock)


@pytest.fixture
def with_visitor(small_shop: Shop, visitor: Audience, clock: FakeClock) -> Chat:
    """A conversation with somebody who is not logged in."""
    return Chat(small_shop, visitor, clock)
