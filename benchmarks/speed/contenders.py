"""Who takes part in the speed benchmark, and with which settings."""

from dataclasses import dataclass, field
from typing import Any

N = 20


@dataclass(frozen=True)
class Contender:
    """A model of a library. blas: whether its linear algebra runs on all cores (implicit asks for one)."""

    name: str
    library: str
    model: str
    settings: dict[str, Any] = field(default_factory=dict)
    blas: bool = True


def _implicit(model: str, label: str, **settings: Any) -> Contender:
    return Contender(f"implicit-{label}", "implicit", model, settings, blas=False)


CONTENDERS = (
    Contender("aisle", "aisle", "one-off"),
    _implicit("CosineRecommender", "cosine-20", K=20),
    _implicit("CosineRecommender", "cosine-200", K=200),
    _implicit("TFIDFRecommender", "tfidf-20", K=20),
    _implicit("TFIDFRecommender", "tfidf-200", K=200),
    _implicit("BM25Recommender", "bm25-20", K=20, K1=1.2, B=0.75),
    _implicit("BM25Recommender", "bm25-200", K=200, K1=1.2, B=0.75),
    _implicit("AlternatingLeastSquares", "als", factors=128, regularization=0.1, alpha=20.0, iterations=15),
    _implicit(
        "BayesianPersonalizedRanking",
        "bpr",
        factors=128,
        learning_rate=0.05,
        regularization=0.01,
        iterations=100,
    ),
    Contender("rectools-tfidf", "rectools", "ImplicitItemKNNWrapperModel", {"K": 100}, blas=False),
    Contender("rectools-svd", "rectools", "PureSVDModel", {"factors": 128}),
    Contender("rectools-ease", "rectools", "EASEModel", {"regularization": 100.0}),
    Contender("lenskit-knn", "lenskit", "ItemKNNScorer", {"max_nbrs": 100, "save_nbrs": 200}),
    Contender(
        "lenskit-als", "lenskit", "ImplicitMFScorer", {"embedding_size": 128, "user_embeddings": "prefer"}
    ),
    Contender("lenskit-ease", "lenskit", "EASEScorer", {"regularization": 100.0}),
)
"""K and the like: the libraries' defaults where those rank well, else the best of a few tried on Gowalla."""


def chosen(words: str | None) -> tuple[Contender, ...]:
    """Those whose names start with one of the comma-separated words; ValueError for one that names none."""
    if words is None:
        return CONTENDERS
    starts = [word.strip() for word in words.split(",") if word.strip()]
    strangers = [word for word in starts if not any(each.name.startswith(word) for each in CONTENDERS)]
    if strangers or not starts:
        names = ", ".join(each.name for each in CONTENDERS)
        raise ValueError(f"--models: {', '.join(strangers) or 'nothing'} is none of {names}")
    return tuple(each for each in CONTENDERS if each.name.startswith(tuple(starts)))


def named(name: str) -> Contender:
    """The one of that name."""
    return next(each for each in CONTENDERS if each.name == name)
