"""What can go wrong, each with the field that is to blame."""


class RecommenderError(Exception):
    """Base of everything this package raises on purpose."""


class InputError(RecommenderError, ValueError):
    """An argument that cannot be used: says which field and why."""

    def __init__(self, field: str, reason: str) -> None:
        super().__init__(f"{field}: {reason}")
        self.field = field
        self.reason = reason


class ArtefactError(RecommenderError):
    """A saved model that is missing, altered, cut short or of another schema."""


class PublishRefused(RecommenderError):
    """A new version failed its checks; what served before goes on serving."""

    def __init__(self, version: str, failures: tuple[str, ...]) -> None:
        super().__init__(f"version {version} is not published: {'; '.join(failures)}")
        self.version = version
        self.failures = failures
