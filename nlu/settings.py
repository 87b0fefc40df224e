"""The one place in `nlu` that reads environment variables."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

LOCAL_SECRET = "local-development-only"  # noqa: S105 - what credentials.yml and endpoints.yml hold for plain Rasa commands
LOCAL_ACTIONS_URL = "http://127.0.0.1:5055/webhook"
LOCAL_TRACKER_URL = "sqlite:///state/tracker.db"
LOCAL_CATALOGUE = "state/catalogue.json"


class SettingsError(ValueError):
    """A setting is missing or cannot be used; the message names the environment variable."""


@dataclass(frozen=True, kw_only=True)
class Settings:
    """What the Rasa process is told from outside.

    `rasa_secret` is what web must send, `actions_secret` what the action server asks of us. Deadlines are in
    seconds.
    """

    rasa_secret: str = LOCAL_SECRET
    actions_url: str = LOCAL_ACTIONS_URL
    actions_secret: str = LOCAL_SECRET
    tracker_url: str = LOCAL_TRACKER_URL
    catalogue: Path = Path(LOCAL_CATALOGUE)
    action_deadline: float = 3.0
    turn_deadline: float = 3.5

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> "Settings":
        """Read AISLE_* variables; one that is unset keeps the local default."""
        return cls(
            rasa_secret=environment.get("AISLE_RASA_SECRET", LOCAL_SECRET),
            actions_url=environment.get("AISLE_ACTIONS_URL", LOCAL_ACTIONS_URL),
            actions_secret=environment.get("AISLE_ACTIONS_SECRET", LOCAL_SECRET),
            tracker_url=environment.get("AISLE_TRACKER_URL", LOCAL_TRACKER_URL),
            catalogue=Path(environment.get("AISLE_CATALOGUE", LOCAL_CATALOGUE)),
        )

    def require_secrets(self) -> None:
        """Refuse to serve with the secrets that stand in the repository.

        Raises:
            SettingsError: a secret is unset, empty or the local default.
        """
        for variable, secret in (
            ("AISLE_RASA_SECRET", self.rasa_secret),
            ("AISLE_ACTIONS_SECRET", self.actions_secret),
        ):
            if secret in ("", LOCAL_SECRET):
                raise SettingsError(f"{variable} is not set: a secret is needed to serve")
