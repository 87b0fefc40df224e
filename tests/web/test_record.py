"""The record of conversations, on both kinds of database."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from shop import conversations
from shop.context import Shop
from shop.conversations import Facts, Outcome
from shop.errors import InvalidInput, NotFound

HELLO = {"kind": "text", "text": "hello"}


def _started(shop: Shop) -> str:
    return conversations.start_conversation(shop, "en").id


def test_a_turn_from_message_to_answer(each_shop: Shop) -> None:
    conversation_id = _started(each_shop)
    received = conversations.receive(each_shop, conversation_id, "a", HELLO)
    assert (received.is_new, received.turn.status) == (True, "received")
    facts = Facts(
        "greet", 0.9, ({"entity": "x", "value": 1},), ({"name": "greet", "confidence": 0.9},), ("a",), "m"
    )
    answer = conversations.answer(each_shop, received.turn, Outcome([HELLO, HELLO], facts))
    assert (answer.status, answer.seqs, answer.mode) == ("answered", (2, 3), "bot")
    assert [(e.seq, e.author) for e in conversations.history(each_shop, conversation_id)] == [
        (1, "shopper"),
        (2, "bot"),
        (3, "bot"),
    ]


def test_receiving_twice_is_one_turn(each_shop: Shop) -> None:
    conversation_id = _started(each_shop)
    with ThreadPoolExecutor(4) as pool:
        received = list(
            pool.map(lambda _: conversations.receive(each_shop, conversation_id, "a", HELLO), range(4))
        )
    assert sorted(r.is_new for r in received) == [False, False, False, True]
    assert len({r.turn.id for r in received}) == 1
    assert len(conversations.history(each_shop, conversation_id)) == 1


def test_a_turn_ends_once(each_shop: Shop) -> None:
    turn = conversations.receive(each_shop, _started(each_shop), "a", HELLO).turn
    first = conversations.answer(each_shop, turn, Outcome([HELLO]))
    late = conversations.answer(each_shop, turn, Outcome([HELLO], error_code="timeout", mode="human"))
    assert late == first
    assert conversations.unanswered_turns(each_shop) == []


def test_sequence_numbers_have_no_gaps_under_contention(each_shop: Shop) -> None:
    conversation_id = _started(each_shop)
    with ThreadPoolExecutor(4) as pool:
        list(
            pool.map(
                lambda _: conversations.say(each_shop, conversation_id, "staff", [HELLO, HELLO]), range(12)
            )
        )
    entries = conversations.history(each_shop, conversation_id)
    assert [entry.seq for entry in entries] == list(range(1, 25))


def test_history_is_read_in_pages(each_shop: Shop) -> None:
    conversation_id = _started(each_shop)
    conversations.say(
        each_shop, conversation_id, "system", [{"kind": "text", "text": str(n)} for n in range(1, 8)]
    )
    newest = conversations.history(each_shop, conversation_id, limit=3)
    assert [entry.seq for entry in newest] == [5, 6, 7]
    page = conversations.history(each_shop, conversation_id, after=2, limit=3)
    assert [entry.seq for entry in page] == [3, 4, 5]


def test_buttons_lose_their_meaning_and_tokens_give_it_back(each_shop: Shop) -> None:
    conversation_id = _started(each_shop)
    meant = {"title": "Yes", "intent": "affirm", "entities": {"n": 1}}
    conversations.say(each_shop, conversation_id, "bot", [{"kind": "buttons", "buttons": [meant, meant]}])
    [entry] = conversations.history(each_shop, conversation_id)
    first, second = entry.payload["buttons"]
    assert first["token"] != second["token"]
    button = conversations.find_button(each_shop, conversation_id, first["token"])
    assert (button.title, button.intent, button.entities) == ("Yes", "affirm", {"n": 1})
    with pytest.raises(NotFound):
        conversations.find_button(each_shop, _started(each_shop), first["token"])


def test_a_visit_keeps_its_conversation(each_shop: Shop) -> None:
    first = conversations.start_conversation(each_shop, "en", "anna", "v" * 22)
    again = conversations.start_conversation(each_shop, "zh", "anna", "v" * 22)
    assert again.id == first.id == "v" * 22
    with pytest.raises(InvalidInput):
        conversations.start_conversation(each_shop, "en", "ben", "v" * 22)


def test_what_is_not_there_is_not_found(each_shop: Shop) -> None:
    for look in (conversations.find_conversation, lambda s, i: conversations.receive(s, i, "a", HELLO)):
        with pytest.raises(NotFound):
            look(each_shop, "n" * 22)
