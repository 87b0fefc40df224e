"""The launcher on machines that lack something: one clear line, and nothing half made."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from shop.settings import PROJECT_ROOT


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A folder with nothing but the launcher, so that no environment is found beside it."""
    shutil.copy(PROJECT_ROOT / "aisle", tmp_path / "aisle")
    return tmp_path


def run(checkout: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    bare = {"PATH": "/usr/bin:/bin", "HOME": str(checkout), "PYENV_ROOT": str(checkout), "UV_OFFLINE": "1"}
    command = ["/bin/sh", "./aisle", *arguments]
    return subprocess.run(
        command, cwd=checkout, env=bare | environment, capture_output=True, text=True, check=False, timeout=60
    )


def stand_in(folder: Path, name: str, script: str) -> None:
    """A command of this name for one test, found before the machine's own."""
    folder.mkdir(exist_ok=True)
    path = folder / name
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)


def test_a_missing_interpreter_is_named_with_the_way_to_get_one(checkout: Path) -> None:
    tools = checkout / "bin"
    for name in ("sh", "dirname", "tr", "sed", "ls", "df", "awk"):
        stand_in(tools, name, f'exec {shutil.which(name)} "$@"')
    for name in ("python3", "python3.11"):
        stand_in(tools, name, "exit 127")  # what a version manager's shim does for a version not selected
    result = run(checkout, "up", PATH=str(tools))
    assert result.returncode == 1
    assert result.stderr.startswith("aisle: Python 3.11 was not found: install it")
    assert not (checkout / ".venv").exists()


def test_a_full_disk_is_named_before_anything_is_made(checkout: Path) -> None:
    table = "echo Filesystem 1024-blocks Used Available; echo /dev/disk 1000000 980000 20000"
    stand_in(checkout / "bin", "df", table)
    result = run(checkout, "up", PATH=f"{checkout}/bin:/usr/bin:/bin", AISLE_PYTHON=sys.executable)
    assert result.returncode == 1
    assert "the disk is too full: set-up needs about 3 GB" in result.stderr
    assert "20 MB are free" in result.stderr
    assert sorted(path.name for path in checkout.iterdir()) == ["aisle", "bin"]


def test_the_launcher_is_a_posix_script() -> None:
    result = subprocess.run(["/bin/sh", "-n", str(PROJECT_ROOT / "aisle")], check=False)
    assert result.returncode == 0
