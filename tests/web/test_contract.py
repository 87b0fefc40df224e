"""The app's side of tests/contracts: what web sends fits the schema, what may come back is understood."""

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from shop import carts, coupons, orders, recommendations
from shop.context import Audience, Shop
from shop.settings import PROJECT_ROOT
from tests.web.conftest import Visitor, Web
from tests.web.fake_rasa import Reply, raw
from web import replies
from web.sent import CARD_INTENTS, PERSON_INTENT, STARTER_INTENTS

CONTRACTS = PROJECT_ROOT / "tests" / "contracts"
SCHEMA = json.loads((CONTRACTS / "turn.schema.json").read_text())


def _examples(folder: str) -> list[Any]:
    return [
        pytest.param(json.loads(file.read_text()), id=file.stem)
        for file in sorted((CONTRACTS / folder).glob("*.json"))
    ]


def _check(part: str, value: Any) -> None:
    Draft202012Validator({"$ref": f"#/$defs/{part}", "$defs": SCHEMA["$defs"]}).validate(value)


def _as_this_turn(example: dict[str, Any], status: int = 200) -> Reply:
    def reply(turn: dict[str, Any]) -> tuple[int, str, bytes]:
        answer = example | {"turn_id": turn["turn_id"]}
        return raw(status, json.dumps(answer).encode())(turn)

    return reply


@pytest.mark.parametrize("example", _examples("answers"))
def test_every_answer_of_the_contract_reaches_the_shopper(
    web: Web, visitor: Visitor, example: dict[str, Any]
) -> None:
    web.rasa.reply = _as_this_turn(example)
    answer = visitor.send("hello").json()
    assert answer["status"] == "answered"
    for sent, shown in zip(example["messages"], answer["messages"], strict=True):
        assert {k: v for k, v in shown.items() if k != "buttons"} == {
            k: v for k, v in sent.items() if k != "buttons"
        }
        titles = [button["title"] for button in sent.get("buttons", [])]
        assert [button["title"] for button in shown.get("buttons", [])] == titles


@pytest.mark.parametrize("example", _examples("errors"))
def test_every_error_of_the_contract_is_admitted(web: Web, visitor: Visitor, example: dict[str, Any]) -> None:
    web.rasa.reply = _as_this_turn(example, status=502)
    answer = visitor.send("hello").json()
    assert (answer["status"], answer["messages"][0]["code"]) == ("failed", "assistant_unavailable")


def test_what_web_sends_fits_the_schema(web: Web, visitor: Visitor) -> None:
    audience = Audience("en", "chat", None, visitor.conversation_id)
    slate = recommendations.bestsellers(web.shop, audience, n=2)
    card = {"slate_id": slate.slate_id, "item_id": slate.items[0].item_id}
    for text in ("hello", "/restart", "好" * 2000, "\u202e\u200b//", "x\ny"):
        visitor.send(text)
    for kind in CARD_INTENTS:
        visitor.send(action={"kind": kind, **card})
    for kind in STARTER_INTENTS:
        visitor.send(action={"kind": kind})
    assert len(web.rasa.turns) == 10
    for turn in web.rasa.turns:
        _check("request", turn)


def test_cards_of_the_shop_fit_the_schema(small_shop: Shop, anna: Audience) -> None:
    shown = [
        recommendations.recommend(small_shop, anna).payload(),
        carts.add_to_cart(small_shop, anna, "butter").payload(),
        orders.recent_orders(small_shop, anna)[0].payload(),
        coupons.coupons_for(small_shop, anna).payload(),
    ]
    for message in shown:
        _check("message", message)


def test_what_web_says_itself_fits_the_schema(small_shop: Shop) -> None:
    say = (replies.assistant_unavailable, replies.turn_interrupted, replies.bot_is_back)
    for locale in ("en", "zh"):
        of_the_shop = replies.person_called(small_shop, locale)
        for message in (*of_the_shop, *(each for made in say for each in made(small_shop.phrases, locale))):
            _check("message", message)


def test_what_web_presses_exists_in_the_domain() -> None:
    domain = yaml.safe_load(Path(PROJECT_ROOT / "domain.yml").read_text())
    assert {*CARD_INTENTS.values(), *STARTER_INTENTS.values(), PERSON_INTENT} <= set(domain["intents"])
    assert {"item_id", "slate_id"} <= set(domain["entities"])
