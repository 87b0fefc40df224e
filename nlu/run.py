"""Serves the assistant to web: `python -m nlu.run --port 5005 [--model models]`.

Takes the place of `rasa run`: one channel and `/health`, on 127.0.0.1 only; no HTTP API, no telemetry,
nothing imported that is not used. `/health` answers 503 until the model is loaded, then 200. Settings come
from AISLE_* variables, see nlu/settings.py. SIGTERM ends the turns under way and stops.
"""

import argparse
import os
import socket
import sys
from pathlib import Path

from nlu import lean_imports, logs
from nlu.models import MODELS, NoModel, find_model
from nlu.settings import Settings, SettingsError

HOST = "127.0.0.1"


def main(arguments: list[str] | None = None) -> int:
    """Serve until told to stop; return the exit status."""
    options = _parser().parse_args(arguments)
    lean_imports.hide_unused()
    logs.configure()
    settings = Settings.from_environment()
    try:
        settings.require_secrets()
        model = find_model(options.model)
        listening = socket.create_server((HOST, options.port))
    except (SettingsError, NoModel) as error:
        return _fail(str(error))
    except OSError as error:
        return _fail(f"cannot listen on {HOST}:{options.port}: {os.strerror(error.errno or 0)}")
    return _serve(settings, model, listening)


def _serve(settings: Settings, model: Path, listening: socket.socket) -> int:
    """Import what is heavy only now that the small mistakes are out of the way, and run."""
    lean_imports.trust_few_types()
    from nlu.server import create_app

    app = create_app(settings, model)
    app.run(sock=listening, access_log=False, motd=False)
    return _fail(app.ctx.failure) if app.ctx.failure else 0


def _fail(message: str) -> int:
    print(f"nlu.run: {message}", file=sys.stderr)
    return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m nlu.run", description="Serve the assistant to web.")
    parser.add_argument("--port", type=int, default=5005)
    parser.add_argument("--model", type=Path, default=MODELS, help="a model file, or a folder: its newest")
    return parser


if __name__ == "__main__":
    sys.exit(main())
