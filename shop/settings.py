"""Every setting of the app's environment, read once from the environment and from the state directory.

This is the only module that reads environment variables. Processes started by `./aisle up` receive their
ports and secrets this way; nothing else needs configuring.
"""

import json
import os
import secrets
from pathlib import Path
from typing import Literal

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

PROJECT_ROOT = Path(__file__).resolve().parent.parent
SECRET_NAMES = ("session", "rasa", "actions", "api_key", "identity")


class Settings(BaseSettings):
    """One field per setting; `AISLE_` plus the upper-case name is its environment variable."""

    model_config = SettingsConfigDict(env_prefix="AISLE_", extra="ignore", frozen=True)

    state_dir: Path = Field(PROJECT_ROOT / "state", description="Database, recommender, secrets, logs.")
    database_url: str | None = Field(None, description="SQLAlchemy URL; unset: SQLite in state_dir.")
    tracker_url: str | None = Field(None, description="Rasa's tracker store; unset: SQLite in state_dir.")
    host: str = Field("127.0.0.1", description="Address on which web listens.")
    port: int = Field(8000, ge=0, le=65535, description="Public port of web.")
    rasa_url: str = Field("http://127.0.0.1:5005", description="Where the Rasa channel listens.")
    actions_port: int = Field(5055, ge=0, le=65535, description="Loopback port of the action server.")
    turn_timeout_s: float = Field(3.5, gt=0, description="How long web waits for Rasa.")
    session_hours: int = Field(24 * 30, gt=0, description="Life of a signed shopper session, in hours.")
    default_locale: Literal["en", "zh"] = Field("en", description="Language of a shopper who did not say.")
    currency: str = Field("USD", description="The shop's own currency (ISO 4217).")
    answers_path: Path = Field(
        PROJECT_ROOT / "data" / "answers.toml", description="What the shop says about itself."
    )
    demo: bool = Field(True, description="Offer the demo storefront and its choice of demo shoppers.")
    allowed_origins: str = Field("", description="Other sites that may use the widget, comma-separated.")
    log_level: str = Field("INFO", description="Level of the structured logs.")
    session_secret: SecretStr | None = Field(None, description="Signs shopper sessions.")
    rasa_secret: SecretStr | None = Field(None, description="Shared by web and the Rasa channel.")
    actions_secret: SecretStr | None = Field(None, description="Shared by Rasa and the action server.")
    api_key_secret: SecretStr | None = Field(None, description="Key for the server-to-server API.")
    identity_secret: SecretStr | None = Field(None, description="Key with which the shop signs identities.")

    @property
    def url(self) -> str:
        """SQLAlchemy URL of the shop's database."""
        return self.database_url or f"sqlite:///{self.state_dir / 'aisle.db'}"

    @property
    def recommender_dir(self) -> Path:
        """Root of the recommender's published versions."""
        return self.state_dir / "recommender"

    @property
    def recommender_pointer(self) -> Path:
        """The file that names the version which serves; absent while nothing was trained."""
        return self.recommender_dir / "current"

    @property
    def catalogue_path(self) -> Path:
        """The lexicon that the assistant's entity extractor reads."""
        return self.state_dir / "catalogue.json"

    @property
    def trackers(self) -> str:
        """SQLAlchemy URL of Rasa's own database; the shop opens it to erase conversations only."""
        return self.tracker_url or f"sqlite:///{self.state_dir / 'tracker.db'}"

    def environment(self) -> dict[str, str]:
        """The environment for child processes: the parent's, plus where everything is and the shared secrets.

        Rasa's environment cannot read this module, so what it needs stands here under the names it knows.
        """
        values = {
            "AISLE_STATE_DIR": str(self.state_dir),
            "AISLE_DATABASE_URL": self.url,
            "AISLE_HOST": self.host,
            "AISLE_PORT": str(self.port),
            "AISLE_RASA_URL": self.rasa_url,
            "AISLE_ACTIONS_PORT": str(self.actions_port),
            "AISLE_ACTIONS_URL": f"http://127.0.0.1:{self.actions_port}/webhook",
            "AISLE_TRACKER_URL": self.trackers,
            "AISLE_CATALOGUE": str(self.catalogue_path),
        }
        shared = {f"AISLE_{name.upper()}_SECRET": self.secret(name) for name in SECRET_NAMES}
        return dict(os.environ) | values | shared

    def secret(self, name: str) -> str:
        """The secret `name`, from the environment or the state directory.

        Raises:
            KeyError: the secret was neither given nor made yet (`ensure_secrets` makes them).
        """
        given: SecretStr | None = getattr(self, f"{name}_secret")
        return given.get_secret_value() if given else read_secrets(self.state_dir)[name]


def read_secrets(state_dir: Path) -> dict[str, str]:
    """Secrets made at the first start; empty when there are none yet."""
    path = state_dir / "secrets.json"
    return dict(json.loads(path.read_text())) if path.exists() else {}


def ensure_secrets(state_dir: Path) -> dict[str, str]:
    """Make the missing secrets and keep them readable by the owner only."""
    state_dir.mkdir(parents=True, exist_ok=True)
    known = read_secrets(state_dir)
    missing = {name: secrets.token_urlsafe(32) for name in SECRET_NAMES if name not in known}
    if missing:
        path = state_dir / "secrets.json"
        path.touch(mode=0o600)
        path.write_text(json.dumps(known | missing, indent=2))
    return known | missing
