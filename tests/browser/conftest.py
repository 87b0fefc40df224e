"""Debian's Chromium, driven by Playwright, against a real app."""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import Any

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Locator, Page, expect, sync_playwright

from tests.web.conftest import Web, logs, rasa, serve, web

__all__ = ["logs", "rasa", "serve", "web"]

HOW_TO_GET = "needs Chromium: apt-get install -y chromium (or set CHROMIUM=/path/to/chromium)"
ARGUMENTS = ["--no-sandbox", "--headless=new", "--disable-gpu", "--disable-dev-shm-usage"]
PATIENCE_MS = 15_000


def _chromium() -> str:
    found = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    if found:
        return found
    if os.environ.get("CI") == "true":
        pytest.fail(HOW_TO_GET)
    pytest.skip(HOW_TO_GET)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for the whole run."""
    path = _chromium()
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield running
        running.close()


@dataclass
class Chat:
    """A page with the widget on it; `complaints` holds what the browser's console objected to."""

    page: Page
    complaints: list[str] = field(default_factory=list)

    def hear(self, message: ConsoleMessage) -> None:
        """Remember what the console objects to; the small shop has no pictures, which is no complaint."""
        if message.type == "error" and not message.text.startswith("Failed to load resource"):
            self.complaints.append(message.text)

    @property
    def widget(self) -> Locator:
        """The widget; Playwright looks into its shadow root."""
        return self.page.locator("aisle-chat")

    @property
    def log(self) -> Locator:
        """The conversation."""
        return self.page.get_by_role("log")

    def open(self) -> None:
        """Open the panel the way a shopper does."""
        self.widget.locator(".launcher").click()
        expect(self.page.get_by_role("dialog")).to_be_visible()

    def say(self, text: str) -> None:
        """Type and send."""
        self.widget.locator("textarea").fill(text)
        self.widget.locator("textarea").press("Enter")

    def rows(self) -> list[str]:
        """What stands in the conversation, without the greeting."""
        return self.log.locator("li.row:not(.welcome):not(.typing) .bubble, li .notice").all_inner_texts()


OpenPage = Callable[..., Chat]


@pytest.fixture
def open_page(browser: Browser) -> Iterator[OpenPage]:
    """`open_page(url, **context)`: a page in a browser profile of its own."""
    with ExitStack() as cleanup:

        def make(url: str, **context: Any) -> Chat:
            profile = browser.new_context(**({"locale": "en-US"} | context))
            cleanup.callback(profile.close)
            page = profile.new_page()
            page.set_default_timeout(PATIENCE_MS)
            expect.set_options(timeout=PATIENCE_MS)
            chat = Chat(page)
            page.on("console", chat.hear)
            page.on("pageerror", lambda error: chat.complaints.append(str(error)))
            page.goto(url)
            return chat

        yield make


@pytest.fixture
def chat(web: Web, open_page: OpenPage) -> Chat:
    """The storefront's home page, visited by nobody in particular."""
    return open_page(web.url)
