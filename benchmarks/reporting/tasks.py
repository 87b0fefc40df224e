"""The runs whose results are stored, by name."""

from dataclasses import dataclass

GOWALLA, YELP, FILMS = "{data}/gowalla-train.npz", "{data}/yelp2018-train.npz", "{data}/ml-100k.inter"

DENSE = "aisle,implicit-tfidf,implicit-als,rectools-ease,lenskit-ease"


@dataclass(frozen=True)
class Task:
    """A benchmark with its arguments; {data} and {peers} stand for what the caller names."""

    script: str
    arguments: tuple[str, ...]

    def words(self, data: str, peers: str) -> list[str]:
        """Its arguments, filled in; ValueError where the run needs what was not named."""
        for place, value in (("data", data), ("peers", peers)):
            if not value and any(f"{{{place}}}" in word for word in self.arguments):
                raise ValueError(f"--{place}: this run needs it")
        return [word.format(data=data, peers=peers) for word in self.arguments]

    @property
    def shown(self) -> str:
        """The command as a reader would type it."""
        words = [word.replace("{data}/", "").format(data="DATA", peers="PYTHON") for word in self.arguments]
        return " ".join(["./aisle bench", self.script, *words])


TASKS = {
    "quality-gowalla": Task("recommender_quality", ("--train", GOWALLA)),
    "quality-yelp2018": Task("recommender_quality", ("--train", YELP)),
    "next_basket": Task("next_basket", ("--demo",)),
    "algorithms": Task("algorithms", ("--demo",)),
    "cold_items": Task("cold_items", ("--demo",)),
    "ratings": Task("ratings", ("--ratings", FILMS, "--peers", "{peers}")),
    "sequences": Task("sequences", ("--ratings", FILMS, "--torch", "{peers}")),
    "sequences-demo": Task("sequences", ("--demo", "--torch", "{peers}")),
    "speed": Task("recommender_speed", ("--train", GOWALLA, "--seconds", "4", "--peers", "{peers}")),
    "speed-10000": Task(
        "recommender_speed",
        ("--train", GOWALLA, "--items", "10000", "--models", DENSE, "--peers", "{peers}"),
    ),
    "scale": Task("recommender_speed", ("--scale", "--seconds", "4", "--fit-limit", "600", "--limit", "900")),
}
