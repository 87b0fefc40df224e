"""What is fitted on the hold-out: short ladders of values, in the order in which they are climbed."""

from recommender.ranking import Source

Value = float | str
Ladders = dict[str, tuple[Value, ...]]
"""By dotted name: a group of settings in RecommenderConfig, and one of them."""

INFINITY = float("inf")

DECAY: Ladders = {
    "decay.half_life_baskets": (5.0, 10.0, 20.0, 40.0, INFINITY),
    "decay.half_life_days": (30.0, 60.0, 120.0, 240.0, INFINITY),
    "decay.basket_size_exponent": (0.0, 0.1, 0.2, 0.35, 0.5),
}
ANY_ITEM: Ladders = {
    "blend.item_knn": (0.0, 0.02, 0.05, 0.1, 0.2, 0.4, 0.8),
    "frequency.repeat_exponent": (0.0, 0.15, 0.25, 0.4, 0.6),
    "blend.popularity": (0.03, 0.1, 0.3, 1.0, 3.0),
}
NEW_ITEMS: Ladders = {"blend_new.popularity": (0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0)}
VISITS: Ladders = {
    "session.basket_share": (0.0, 0.25, 0.5, 0.75, 1.0),
    "session.content_share": (0.0, 0.1, 0.3, 0.5),
}
"""How fast a session fades is left alone: baskets know no order, so visits made of them tell nothing."""

SPECIALISTS: dict[Source, tuple[float, ...]] = {
    "transitions": (0.0, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0),
    "segment": (0.0, 0.3, 1.0, 3.0, 10.0),
    "traits": (0.0, 0.1, 0.3, 1.0, 3.0),
}
"""Weights of scorers that not every shop has a use for: from nothing upwards, all tried."""

SESSION_WEIGHTS = (0.1, 0.25, 0.5, 1.0, 2.0, 4.0)
DETAILS: Ladders = {
    "transitions.fade": (0.1, 0.3, 0.5, 0.7),
    "segment.shrinkage": (100.0, 1_000.0, 10_000.0),
    "traits.shrinkage": (10.0, 30.0, 100.0, 300.0),
}
"""What is fitted, in this order, each along a short ladder of values. For new items, only the ratio of
popularity to neighbours matters: neighbours are most of what speaks of the past."""

NEIGHBOURS: Ladders = {
    "item_knn.target_exponent": (0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6),
    "item_knn.neighbours": (25, 50, 100, 150),
    "item_knn.prune": ("source", "target"),
    "item_knn.source_exponent": (0.2, 0.35, 0.5, 0.65, 0.8),
    "basket_knn.target_exponent": (0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6),
    "basket_knn.neighbours": (25, 50, 100, 150),
    "basket_knn.prune": ("source", "target"),
    "transitions.target_exponent": (0.0, 0.15, 0.3, 0.45, 0.6),
    "transitions.neighbours": (25, 50, 100, 150),
    "transitions.shrinkage": (2.0, 10.0, 50.0),
    "transitions.basket_size_exponent": (0.0, 0.25, 0.5, 0.75, 1.0),
    "basket_knn.row_exponent": (0.0, 0.25, 0.5, 0.75, 1.0),
    "item_knn.row_exponent": (0.0, 0.4, 0.8, 1.2),
}
"""How neighbours are made, on all questions at once, since all are answered by the same ones. What costs
little comes first: for another discount of rows, all is counted anew. A session's nearest neighbours count 1
whatever the exponent of the source, so that in baskets it says nothing."""

SPEAKERS: dict[str, tuple[str, ...]] = {
    "item_knn": ("item_knn", "session"),
    "basket_knn": ("session",),
    "transitions": ("transitions",),
}
"""The scorers that neighbours of each kind speak through."""
