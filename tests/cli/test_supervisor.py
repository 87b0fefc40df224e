"""The supervisor with real processes: it starts them, brings them back, and leaves none behind."""

import asyncio
import os
import signal
import sys
from pathlib import Path

import pytest

from cli.ports import PortInUse, claim, free_port
from cli.supervisor import Service, StartFailed, Supervisor, back_off


def web_server(folder: Path, name: str = "little server") -> Service:
    port = free_port()
    command = [sys.executable, "-m", "http.server", str(port), "--bind", "127.0.0.1"]
    return Service(
        name, command, dict(os.environ), folder, f"http://127.0.0.1:{port}/", folder / f"{name}.log", 10
    )


def is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


async def until(condition: object, within_s: float = 10.0) -> None:
    async with asyncio.timeout(within_s):
        while not condition():  # type: ignore[operator]
            await asyncio.sleep(0.05)


async def test_start_returns_when_every_service_answers_and_stop_leaves_none(tmp_path: Path) -> None:
    supervisor = Supervisor([web_server(tmp_path, "one"), web_server(tmp_path, "two")])
    await supervisor.start()
    pids = [process.pid for process in supervisor._running.values()]
    assert all(is_alive(pid) for pid in pids)
    await supervisor.stop()
    assert not any(is_alive(pid) for pid in pids)


async def test_a_killed_service_comes_back_and_answers(tmp_path: Path) -> None:
    supervisor = Supervisor([web_server(tmp_path, "one")])
    await supervisor.start()
    watch = asyncio.create_task(supervisor.watch())
    first = supervisor._running["one"].pid
    os.kill(first, signal.SIGKILL)
    await until(lambda: supervisor._running["one"].pid != first)
    supervisor.request_stop()
    await watch
    assert not is_alive(first)


async def test_a_service_that_ends_at_once_is_named_with_its_last_words(tmp_path: Path) -> None:
    healthy = web_server(tmp_path, "healthy")
    command = [sys.executable, "-c", "print('no model in models/'); raise SystemExit(3)"]
    broken = Service(
        "broken", command, dict(os.environ), tmp_path, "http://127.0.0.1:9/", tmp_path / "b.log", 10
    )
    supervisor = Supervisor([healthy, broken])
    with pytest.raises(StartFailed, match=r"broken ended with code 3: no model in models/"):
        await supervisor.start()
    assert supervisor._running == {}


async def test_a_service_that_never_answers_is_given_up(tmp_path: Path) -> None:
    command = [sys.executable, "-c", "import time; time.sleep(60)"]
    silent = Service(
        "silent", command, dict(os.environ), tmp_path, "http://127.0.0.1:9/", tmp_path / "s.log", 0.5
    )
    supervisor = Supervisor([silent])
    with pytest.raises(StartFailed, match="silent was not ready after"):
        await supervisor.start()
    assert supervisor._running == {}


def test_back_off_grows_and_is_bounded() -> None:
    assert [back_off(deaths) for deaths in (0, 1, 2, 3, 20)] == [0.0, 0.5, 1.0, 2.0, 30.0]


def test_a_taken_port_is_refused_with_the_way_out() -> None:
    import socket

    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(PortInUse, match="is in use; choose another with --port"):
            claim("127.0.0.1", taken.getsockname()[1])
