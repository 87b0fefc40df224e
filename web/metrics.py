"""Counts and times for Prometheus; one registry per app, so that tests can run several."""

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_LATEST

__all__ = ["CONTENT_TYPE_LATEST", "Metrics"]

_SECONDS = (0.01, 0.025, 0.05, 0.1, 0.15, 0.25, 0.5, 1.0, 2.0, 4.0)


class Metrics:
    """What web tells about itself: no shopper, no text, no ids."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.turns = Counter("aisle_turns", "Turns by how they ended.", ["outcome"], registry=self.registry)
        self.turn_seconds = Histogram(
            "aisle_turn_seconds", "From a message to its answer.", buckets=_SECONDS, registry=self.registry
        )
        self.assistant_seconds = Histogram(
            "aisle_assistant_seconds", "Time spent in Rasa.", buckets=_SECONDS, registry=self.registry
        )
        self.errors = Counter(
            "aisle_errors", "Requests refused or failed, by code.", ["code"], registry=self.registry
        )
        self.streams = Gauge("aisle_streams", "Open live streams.", registry=self.registry)

    def page(self) -> bytes:
        """Prometheus' text format."""
        return generate_latest(self.registry)
