"""`./aisle`: starts the product, trains, tests, imports and asks it things.

Commands import what is heavy (importers, recommender) when they run, so that starting stays quick.
"""

import asyncio
import errno
import json
import subprocess
import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from cli.advice import register as register_advice
from cli.assistant import run_in_rasa, train_assistant
from cli.console import console, jobs
from cli.linting import run_linters
from cli.ports import claim
from cli.prepare import prepare
from cli.segments import register as register_segments
from cli.state import bring_up_to_date
from cli.system import only_one, run, with_inner_ports
from cli.testing import run_tests
from shop.errors import AisleError
from shop.settings import PROJECT_ROOT, Settings

app = typer.Typer(
    name="./aisle",
    help="Aisle, the assistant that a shop puts on its site.",
    epilog="Start with `./aisle up` and open the address that it prints.",
    no_args_is_help=True,
    rich_markup_mode="markdown",
    pretty_exceptions_enable=False,
)

State = Annotated[
    Path | None,
    typer.Option("--state", help="Folder of database, models, secrets and logs (default: state/)."),
]
PASS_ON = {"ignore_unknown_options": True, "allow_extra_args": True, "help_option_names": []}


def settings_for(state: Path | None, **changes: Any) -> Settings:
    """Settings from the environment, with what the command line says on top."""
    if state:
        changes["state_dir"] = state.expanduser().resolve()
    return Settings(**changes)


@app.command(epilog="Examples: `./aisle up` · `./aisle up --port 9000 --state /tmp/shop --shoppers 300`")
def up(
    port: Annotated[
        int | None, typer.Option(min=0, max=65535, help="Public port; 0 takes a free one.")
    ] = None,
    state: State = None,
    shoppers: Annotated[
        int | None, typer.Option(min=1, help="Load only so many of the demo shop's shoppers (quick start).")
    ] = None,
) -> None:
    """Set up what is missing, start everything, and run until Ctrl-C."""
    settings = settings_for(state, **({} if port is None else {"port": port}))
    settings = with_inner_ports(settings.model_copy(update={"port": claim(settings.host, settings.port)}))
    with only_one(settings.state_dir):
        prepare(settings, shoppers)
        asyncio.run(run(settings))


@app.command(context_settings=PASS_ON, epilog="Examples: `./aisle test` · `./aisle test tests/shop -k cart`")
def test(context: typer.Context) -> None:
    """Run the tests; arguments go to pytest."""
    raise typer.Exit(run_tests(context.args))


@app.command()
def lint() -> None:
    """Check formatting, lint rules, types and the direction of imports."""
    raise typer.Exit(run_linters())


@app.command(epilog="Example: `./aisle train --state /tmp/shop`")
def train(state: State = None) -> None:
    """Train assistant and recommender from the project's files and the database; segments come first."""
    from cli.build import train_everything

    train_everything(settings_for(state))


@app.command(context_settings=PASS_ON, epilog='Example: `./aisle parse "do you have oat milk under $5?"`')
def parse(context: typer.Context) -> None:
    """Print what the assistant understands, as JSON; `--file F.tsv` measures a file of text and intent."""
    settings = settings_for(None)
    bring_up_to_date(settings)
    with jobs() as show:
        train_assistant(settings, show.start("Assistant"))
    raise typer.Exit(run_in_rasa(settings, "nlu.parse", context.args))


@app.command(epilog="Example: `./aisle recommend 1124 -n 5`")
def recommend(
    shopper: Annotated[str, typer.Argument(help="A shopper's id.")],
    n: Annotated[int, typer.Option("-n", min=1, max=50, help="How many items.")] = 10,
    state: State = None,
) -> None:
    """Print what the recommender would show a shopper now, as JSON. The slate is logged like any other."""
    from cli.data import slate_for

    print_json(slate_for(settings_for(state), shopper, n))


@app.command(
    "import",
    epilog="Examples: `./aisle import --products products.csv --orders orders.parquet` · "
    "`./aisle import --movielens ml-100k --state /tmp/films`",
)
def import_(
    products: Annotated[Path | None, typer.Option(help="Products, CSV or Parquet.")] = None,
    customers: Annotated[Path | None, typer.Option(help="Customers, CSV or Parquet.")] = None,
    orders: Annotated[Path | None, typer.Option(help="Order lines, CSV or Parquet.")] = None,
    events: Annotated[Path | None, typer.Option(help="Views, clicks and the like, CSV or Parquet.")] = None,
    movielens: Annotated[
        Path | None, typer.Option(help="Folder of MovieLens, for a shop of films in an empty state.")
    ] = None,
    state: State = None,
) -> None:
    """Bring in a shop's own data; prints a JSON report of what was kept, what was set aside, and why."""
    from cli.data import import_films, import_into

    if movielens is not None:
        named = any((products, customers, orders, events))
        print_json(import_films(settings_for(state), movielens, alone=not named))
        return
    files = {"products": products, "customers": customers, "orders": orders, "events": events}
    print_json(import_into(settings_for(state), {name: path for name, path in files.items() if path}))


@app.command(context_settings=PASS_ON, epilog="Examples: `./aisle rasa shell` · `./aisle rasa test`")
def rasa(context: typer.Context) -> None:
    """Run a standard Rasa command in Rasa's environment."""
    settings = settings_for(None)
    bring_up_to_date(settings)
    raise typer.Exit(run_in_rasa(settings, "rasa", context.args))


@app.command(context_settings=PASS_ON, epilog="Example: `./aisle bench next_basket --demo`")
def bench(context: typer.Context) -> None:
    """Run a benchmark of benchmarks/ in the app's environment."""
    known = sorted(path.stem for path in (PROJECT_ROOT / "benchmarks").glob("*.py"))
    if not context.args or context.args[0] not in known:
        raise AisleError(f"name one of the benchmarks: {', '.join(known)}", field="NAME")
    script = PROJECT_ROOT / "benchmarks" / f"{context.args[0]}.py"
    command = [sys.executable, str(script), *context.args[1:]]
    raise typer.Exit(subprocess.run(command, check=False).returncode)


register_segments(app)
register_advice(app)


def print_json(value: Any) -> None:
    """The answer of a command, for people and programs alike."""
    print(json.dumps(value, indent=2, ensure_ascii=False, default=str))


def main() -> int:
    """Run the command line; every failure that can be foreseen ends in one clear line."""
    try:
        app()
    except AisleError as error:
        return _fail(error.message)
    except OSError as error:
        if error.errno != errno.ENOSPC:
            raise
        return _fail(
            f"the disk is full ({error.filename or 'state directory'}); free some space and run this again"
        )
    return 0


def _fail(message: str) -> int:
    console.print(f"[bold red]aisle:[/] {message}")
    return 1


if __name__ == "__main__":
    sys.exit(main())
