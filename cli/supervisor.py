"""Starts processes, waits until each answers, restarts what dies, and stops them all."""

import asyncio
import contextlib
import ctypes
import os
import signal
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import httpx

from cli.console import console
from shop.errors import AisleError

STOP_WITHIN_S = 8.0
FIRST_BACK_OFF_S = 0.5
LONGEST_BACK_OFF_S = 30.0
CALM_AFTER_S = 60.0
_SET_PARENT_DEATH_SIGNAL = 1


class StartFailed(AisleError):
    """A process ended, or stayed silent, before it was ready."""

    code = "start_failed"


@dataclass(frozen=True)
class Service:
    """One process to run: how to start it, where it says that it is ready, and its log."""

    name: str
    command: Sequence[str]
    environment: Mapping[str, str]
    folder: Path
    health_url: str
    log: Path
    start_within_s: float = 90.0


@dataclass
class Supervisor:
    """Runs services until told to stop.

    A service that dies is started again after a pause that doubles with every early death; a calm minute
    clears its record.
    """

    services: Sequence[Service]
    _stopping: asyncio.Event = field(default_factory=asyncio.Event)
    _running: dict[str, asyncio.subprocess.Process] = field(default_factory=dict)

    async def start(self) -> None:
        """Start every service at once and return when all of them are ready.

        Raises:
            StartFailed: one of them did not get there; the others are stopped.
        """
        try:
            async with asyncio.TaskGroup() as group:
                for service in self.services:
                    group.create_task(self._start(service))
        except* StartFailed as failures:
            await self.stop()
            raise failures.exceptions[0] from None

    async def watch(self) -> None:
        """Keep the services alive until `request_stop`, then stop them."""
        watchers = [asyncio.create_task(self._keep_alive(service)) for service in self.services]
        await self._stopping.wait()
        for watcher in watchers:
            watcher.cancel()
        await asyncio.gather(*watchers, return_exceptions=True)
        await self.stop()

    def request_stop(self) -> None:
        """Ask `watch` to end; safe to call from a signal handler of the loop."""
        self._stopping.set()

    async def stop(self) -> None:
        """Stop the services, last started first, and whatever they started themselves."""
        for service in reversed(self.services):
            process = self._running.pop(service.name, None)
            if process is not None:
                await _terminate(process)

    async def _start(self, service: Service) -> None:
        service.log.parent.mkdir(parents=True, exist_ok=True)
        with service.log.open("ab") as log:
            process = await asyncio.create_subprocess_exec(
                *service.command,
                env=dict(service.environment),
                cwd=service.folder,
                stdin=asyncio.subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                preexec_fn=_die_with_parent,
                start_new_session=True,
            )
        self._running[service.name] = process
        await _until_ready(service, process)

    async def _keep_alive(self, service: Service) -> None:
        early_deaths = 0
        while True:
            started = time.monotonic()
            code = await self._running[service.name].wait()
            early_deaths = 0 if time.monotonic() - started > CALM_AFTER_S else early_deaths + 1
            console.print(f"[yellow]{service.name} ended (exit code {code}); starting it again")
            await asyncio.sleep(back_off(early_deaths))
            try:
                await self._start(service)
                console.print(f"{service.name} is back")
            except StartFailed as failure:
                console.print(f"[red]{failure.message}")
                await _terminate(self._running[service.name])


def back_off(early_deaths: int) -> float:
    """Seconds to wait before a restart: none after a calm life, then 0.5, 1, 2, ... up to 30."""
    return min(FIRST_BACK_OFF_S * 2.0 ** (early_deaths - 1), LONGEST_BACK_OFF_S) if early_deaths else 0.0


def _die_with_parent() -> None:
    # Runs in the child before exec: if the supervisor is killed outright, Linux ends the service with it.
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(_SET_PARENT_DEATH_SIGNAL, signal.SIGTERM)


async def _until_ready(service: Service, process: asyncio.subprocess.Process) -> None:
    deadline = time.monotonic() + service.start_within_s
    async with httpx.AsyncClient(timeout=2.0, trust_env=False) as client:
        while time.monotonic() < deadline:
            if process.returncode is not None:
                raise StartFailed(
                    f"{service.name} ended with code {process.returncode}{_last_words(service)}"
                )
            with contextlib.suppress(httpx.TransportError):
                if (await client.get(service.health_url)).status_code == httpx.codes.OK:
                    return
            await asyncio.sleep(0.1)
    raise StartFailed(
        f"{service.name} was not ready after {service.start_within_s:.0f} s{_last_words(service)}"
    )


def _last_words(service: Service) -> str:
    lines = [line for line in service.log.read_text(errors="replace").splitlines() if line.strip()]
    return f": {lines[-1].strip()[:300]} (more in {service.log})" if lines else ""


async def _terminate(process: asyncio.subprocess.Process) -> None:
    if process.returncode is None:
        process.terminate()
        try:
            await asyncio.wait_for(process.wait(), STOP_WITHIN_S)
        except TimeoutError:
            process.kill()
            await process.wait()
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)  # whatever it started and left behind
