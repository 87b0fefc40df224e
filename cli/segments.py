"""`./aisle segments` and `./aisle profile`: groups of shoppers, and what is known of one."""

import json
from pathlib import Path
from typing import Annotated, Any

import typer

from cli.console import console
from shop.errors import InvalidInput
from shop.settings import Settings

STANDARD_OUTPUT = Path("-")

State = Annotated[
    Path | None,
    typer.Option("--state", help="Folder of database, models, secrets and logs (default: state/)."),
]
JsonFile = Annotated[
    Path | None, typer.Option("--json", help="Write everything to this file as JSON; - prints it.")
]


def segments(
    json_file: JsonFile = None,
    locale: Annotated[str, typer.Option(help="Language of the descriptions: en or zh.")] = "en",
    state: State = None,
) -> None:
    """Compute all shoppers' profiles, segments and propensities, and show them as tables."""
    from cli.shoppers import segments_in

    _check(json_file)
    _write(json_file, segments_in(_settings(state), locale))


def profile(
    shopper: Annotated[str, typer.Argument(help="A shopper's id.")],
    json_file: JsonFile = None,
    locale: Annotated[
        str | None, typer.Option(help="Language: en or zh; without it, the shopper's own.")
    ] = None,
    state: State = None,
) -> None:
    """Show what is known of a shopper, and where from."""
    from cli.shoppers import profile_in

    _check(json_file)
    _write(json_file, profile_in(_settings(state), shopper, locale))


def register(app: typer.Typer) -> None:
    """Add both commands."""
    examples = "Examples: `./aisle segments` · `./aisle segments --json segments.json --locale zh`"
    app.command(epilog=examples)(segments)
    app.command(epilog="Examples: `./aisle profile 1124` · `./aisle profile 1124 --json -`")(profile)


def _settings(state: Path | None) -> Settings:
    return Settings() if state is None else Settings(state_dir=state.expanduser().resolve())


def _check(json_file: Path | None) -> None:
    """Refuse a file that cannot be written before the work, and not after it."""
    if json_file is not None and not json_file.absolute().parent.is_dir():
        raise InvalidInput(f"there is no folder {json_file.absolute().parent}", field="--json")


def _write(json_file: Path | None, answer: dict[str, Any]) -> None:
    text = json.dumps(answer, indent=2, ensure_ascii=False, default=str)
    if json_file == STANDARD_OUTPUT:
        print(text)
    elif json_file is not None:
        json_file.write_text(text + "\n", encoding="utf-8")
        console.print(f"[dim]Everything stands in {json_file}.")
