"""The trained recommender as the processes see it: opened at first need, switched when published."""

from pathlib import Path


class ModelHandle:
    def __init__(self, directory: Path) -> None:
        self.directory = directory
