"""What linters do not check about the house: who reads the environment, how long modules may grow."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from shop.settings import PROJECT_ROOT

PACKAGES = ("recommender", "shop", "learning", "actions", "web", "cli")
LONGEST_MODULE = 300
READS_ENVIRONMENT = re.compile(r"os\.environ|os\.getenv|from os import (environ|getenv)")


def modules() -> list[Path]:
    found = [path for package in PACKAGES for path in (PROJECT_ROOT / package).rglob("*.py")]
    return [path for path in found if "migrations" not in path.parts]


def test_only_the_settings_module_reads_the_environment() -> None:
    readers = [path for path in modules() if READS_ENVIRONMENT.search(path.read_text())]
    assert readers == [PROJECT_ROOT / "shop" / "settings.py"]


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(PROJECT_ROOT)))
def test_modules_stay_small(path: Path) -> None:
    assert len(path.read_text().splitlines()) <= LONGEST_MODULE


def test_nothing_compiled_sorts() -> None:
    # See recommender.kernels.compiled: cached sorts of different processes are mistaken for one another.
    compiling = [path for path in modules() if "kernels import" in path.read_text() or path.stem == "kernels"]
    kernels = [path for path in compiling if re.search(r"^@compiled", path.read_text(), re.MULTILINE)]
    assert len(kernels) > 3
    assert not [path for path in kernels if re.search(r"np\.(arg)?sort\(", path.read_text())]


def test_imports_go_one_way() -> None:
    tool = Path(sys.executable).parent / "lint-imports"
    result = subprocess.run(
        [tool, "--no-cache"], cwd=PROJECT_ROOT, capture_output=True, text=True, check=False
    )
    assert result.returncode == 0, result.stdout
