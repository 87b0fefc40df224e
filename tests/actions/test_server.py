"""The action server over HTTP, as its own process would serve it."""

import asyncio
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from shop.context import Shop
from shop.settings import PROJECT_ROOT, ensure_secrets

CALL: dict[str, Any] = {
    "next_action": "action_bestsellers",
    "version": "3.6.21",
    "tracker": {
        "sender_id": "conversation-1",
        "slots": {},
        "events": [],
        "latest_message": {"text": "what sells best", "intent": {"name": "ask_bestsellers"}, "entities": []},
    },
}


class Server:
    """`python -m actions` on a state directory of its own."""

    def __init__(self, state: Path) -> None:
        secret = ensure_secrets(state)["actions"]
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]
        environment = os.environ | {"AISLE_STATE_DIR": str(state), "AISLE_ACTIONS_PORT": str(port)}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "actions"],
            cwd=PROJECT_ROOT,
            env=environment,
            stderr=subprocess.PIPE,
            text=True,
        )
        self.client = httpx.Client(
            base_url=f"http://127.0.0.1:{port}", headers={"Authorization": f"Bearer {secret}"}, timeout=20
        )

    def health(self) -> int:
        """Status of /health; 0 while nobody listens."""
        try:
            return self.client.get("/health").status_code
        except httpx.TransportError:
            return 0

    def wait_until(self, status: int, within_s: float = 90.0) -> None:
        """Wait for /health to answer `status`."""
        deadline = time.monotonic() + within_s
        while self.health() != status:
            assert time.monotonic() < deadline, f"/health never answered {status}"
            time.sleep(0.1)

    def stop(self) -> int:
        """SIGTERM; the exit code."""
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(timeout=15)


@pytest.fixture(scope="module")
def server(small_state: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The server on the small shop, ready."""
    state = tmp_path_factory.mktemp("actions") / "state"
    shutil.copytree(small_state, state)
    running = Server(state)
    running.wait_until(200)
    yield running
    if running.process.poll() is None:
        running.process.kill()
        running.process.wait()


def test_an_action_runs(server: Server) -> None:
    answer = server.client.post("/webhook", json=CALL)
    assert answer.status_code == 200
    (said,) = answer.json()["responses"]
    assert said["response"] == "utter_bestsellers"
    assert said["custom"]["items"]
    assert answer.json()["events"] == []


@pytest.mark.parametrize("given", [None, "", "Bearer", "Bearer wrong", "Basic c2VjcmV0", "Bearer sécret"])
def test_without_the_secret_nothing_runs(server: Server, given: str | None) -> None:
    headers = {"Authorization": given.encode("latin-1")} if given is not None else {}
    answer = httpx.post(server.client.base_url.join("/webhook"), json=CALL, headers=headers)
    assert answer.status_code == 401
    assert "responses" not in answer.json()


def test_an_unknown_action_is_404(server: Server) -> None:
    answer = server.client.post("/webhook", json=CALL | {"next_action": "action_fly"})
    assert answer.status_code == 404
    assert answer.json()["action_name"] == "action_fly"


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b"\xff",
        b'{"next_action": 3}',
        b'{"next_action": "action_greet"}',
        b'{"next_action": "action_greet", "tracker": []}',
        b'{"next_action": "action_greet", "tracker": {}}',
    ],
)
def test_what_is_no_action_call_is_422(server: Server, body: bytes) -> None:
    """Not 400: Rasa takes that for the action's own decision and goes on."""
    answer = server.client.post("/webhook", content=body, headers={"Content-Type": "application/json"})
    assert answer.status_code == 422
    assert answer.json()["error"]


def test_a_fault_is_500_without_its_details(server: Server) -> None:
    call = CALL | {"tracker": CALL["tracker"] | {"latest_message": {"entities": [{"no": "name"}]}}}
    answer = server.client.post("/webhook", json=call)
    assert answer.status_code == 500
    assert answer.json() == {"error": "internal error", "action_name": "action_bestsellers"}


def test_other_paths_and_methods(server: Server) -> None:
    assert server.client.get("/actions").status_code == 404
    assert server.client.get("/webhook").status_code == 405


def test_it_listens_on_loopback_only(server: Server) -> None:
    port = httpx.URL(server.client.base_url).port
    listening = subprocess.run(
        ["ss", "-ltnH", f"sport = :{port}"], capture_output=True, text=True, check=False
    )
    if listening.returncode:
        pytest.skip("needs ss (iproute2)")
    assert f"127.0.0.1:{port}" in listening.stdout
    assert f"0.0.0.0:{port}" not in listening.stdout


def test_many_at_once(server: Server) -> None:
    async def ask_all() -> list[int]:
        base, headers = str(server.client.base_url), dict(server.client.headers)
        async with httpx.AsyncClient(base_url=base, headers=headers, timeout=30) as client:
            answers = await asyncio.gather(*(client.post("/webhook", json=CALL) for _ in range(20)))
        return [answer.status_code for answer in answers]

    assert asyncio.run(ask_all()) == [200] * 20


def test_without_a_recommender_it_is_not_ready_and_says_so(small_shop: Shop) -> None:
    state = small_shop.settings.state_dir
    (state / "recommender").rename(state / "away")
    running = Server(state)
    try:
        running.wait_until(503)
        (said,) = running.client.post("/webhook", json=CALL).json()["responses"]
        assert said["response"] == "utter_unavailable"
        (state / "away").rename(state / "recommender")
        running.wait_until(200)
    finally:
        assert running.stop() == 0


def test_sigterm_ends_it(server: Server) -> None:
    assert server.stop() == 0
