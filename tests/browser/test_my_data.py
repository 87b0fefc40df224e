"""Data rights in a real browser: the file that the chat hands out, and the chat after an erasure."""

import json

import pytest
from playwright.sync_api import expect

from shop.erasure import REQUESTED
from tests.browser.conftest import Chat
from tests.shop.canary import traces_in_tables
from tests.web.conftest import Web
from tests.web.fake_rasa import echo, says

pytestmark = pytest.mark.browser

COPY = {"kind": "download", "path": "my-data", "title": "Download my data (JSON)", "text": "Here it is."}


def test_the_copy_is_a_file_of_this_session(web: Web, chat: Chat) -> None:
    web.rasa.reply = says(COPY)
    chat.open()
    chat.say("what I say to you")
    expect(chat.log).to_contain_text("Here it is.")
    with chat.page.expect_download() as waiting:
        chat.log.get_by_role("button", name="Download my data").click()
    assert waiting.value.suggested_filename.startswith("my-data-")
    made = json.loads(waiting.value.path().read_text())
    assert made["data"]["messages"][0]["payload"]["text"] == "what I say to you"
    assert chat.complaints == []


def test_after_an_erasure_the_chat_begins_anew(web: Web, chat: Chat) -> None:
    chat.open()
    chat.say("remember this")
    expect(chat.log).to_contain_text("heard: remember this")
    web.rasa.reply = says({"kind": "notice", "code": REQUESTED, "text": "I'm deleting your data now."})
    chat.say("yes, delete it")
    expect(chat.log).to_contain_text("Done. Receipt")
    expect(chat.log).not_to_contain_text("remember this")
    web.rasa.reply = echo
    chat.say("hello again")
    expect(chat.log).to_contain_text("heard: hello again")
    assert list(traces_in_tables(web.shop, ("remember this",))) == []
    chat.page.reload()
    expect(chat.log).to_contain_text("heard: hello again")
    expect(chat.log).not_to_contain_text("Receipt")
    assert chat.complaints == []
