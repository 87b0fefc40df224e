"""A shopper's slash, all the way to Rasa."""

import pytest

from tests.web.conftest import Visitor, Web


@pytest.mark.parametrize(
    "typed", ["/greet", ' /restart{"x": 1}', "\u3000/greet", "\uff0fgreet", "\u200b/greet", "//", "/ /greet"]
)
def test_a_slash_never_reaches_rasa_and_stays_in_the_record(web: Web, visitor: Visitor, typed: str) -> None:
    visitor.send(typed)
    [turn] = web.rasa.turns
    assert not turn["text"].strip().startswith("/")
    assert (
        "/" in visitor.history()[0]["payload"]["text"] or "\uff0f" in visitor.history()[0]["payload"]["text"]
    )
