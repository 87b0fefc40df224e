"""Putting a state together from a log: once on the hold-out's rest, to tune on, and once on everything."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import scipy.sparse as sp

from recommender.catalogue import Catalogue
from recommender.config import BlendWeights, RecommenderConfig
from recommender.content import ContentNeighbours, content_neighbours
from recommender.embeddings import sentence_encoder
from recommender.errors import InputError
from recommender.holdout import Case
from recommender.interactions import Interactions
from recommender.neighbours import Neighbours, asymmetric_cosine, item_neighbours
from recommender.oneoff.config import OneOffConfig
from recommender.oneoff.model import OneOffModel
from recommender.profile import SEGMENT
from recommender.query import check_traits
from recommender.relations import Relations
from recommender.scorers import Frequency, GroupTakings, Popularity, Transitions
from recommender.search import SearchIndex
from recommender.state import Facts, State
from recommender.takings import baskets_of, bought_again, known_items, takings_of


@dataclass(frozen=True)
class Shoppers:
    """What is known of the log's shoppers beside their purchases, by index; empty where nothing is.

    segments: a label each, empty for none. traits: values by name each.
    """

    segments: Sequence[str] = ()
    traits: Sequence[Mapping[str, str]] = ()

    def check(self, n_shoppers: int) -> None:
        """InputError unless there is one of each a shopper, or none at all."""
        for name, known in (("segments", self.segments), ("traits", self.traits)):
            if len(known) not in (0, n_shoppers):
                raise InputError(name, f"has {len(known)} entries where the log has {n_shoppers} shoppers")
        if not all(isinstance(segment, str) for segment in self.segments):
            raise InputError("segments", "must hold text alone")
        for traits in self.traits:
            check_traits("traits", traits)

    def told(self, case: Case) -> Case:
        """A case with what is known of its shopper."""
        segment = self.segments[case.shopper] if self.segments else ""
        return replace(case, segment=segment, traits=self.traits[case.shopper] if self.traits else {})


NOTHING_KNOWN = Shoppers()


@dataclass(frozen=True)
class Builder:
    """What does not change between the trial on the hold-out and the model."""

    catalogue: Catalogue
    content: ContentNeighbours
    search: SearchIndex
    now: float
    repeat_purchase: bool
    shoppers: Shoppers

    @classmethod
    def of(
        cls,
        log: Interactions,
        catalogue: Catalogue,
        config: RecommenderConfig,
        now: float,
        shoppers: Shoppers,
        rng: np.random.Generator,
    ) -> "Builder":
        popularity = Popularity.fit(log, config.popularity, now).values
        content = content_neighbours(
            catalogue,
            known_items(log, config),
            popularity,
            config.content,
            takings_of(log),
            rng,
            sentence_encoder(),
        )
        search = SearchIndex.fit(catalogue, popularity)
        repeated = bought_again(log) if config.repeat_purchase is None else config.repeat_purchase
        return cls(catalogue, content, search, now, repeated, shoppers)

    def state(
        self,
        log: Interactions,
        config: RecommenderConfig,
        *,
        all_scorers: bool,
        taken_with: Neighbours | None = None,
    ) -> State:
        """all_scorers: also those that no blend of the settings has a use for. taken_with: fitted already."""
        wanted = _used(config) if not all_scorers else {"transitions", "segment", "traits"}
        segments = [{SEGMENT: label} for label in self.shoppers.segments] if "segment" in wanted else []
        traits = self.shoppers.traits if "traits" in wanted else []
        takings = takings_of(log)
        return State(
            ids=self.catalogue.ids,
            category=self.catalogue.category,
            department=self.catalogue.department,
            popularity=Popularity.fit(log, config.popularity, self.now),
            frequency=Frequency.fit(log, config.frequency),
            relations=Relations(
                taken_with=taken_with or self._taken_with(log, config),
                cold=self.content.cold,
                followers=_followers(log, config, fit="transitions" in wanted),
                basket=asymmetric_cosine(baskets_of(log), config.basket_knn),
                alike=self.content.alike,
            ),
            search=self.search,
            config=config,
            facts=Facts(self.now, len(log), self.repeat_purchase),
            segments=_groups(takings, segments),
            traits=_groups(takings, traits),
        )

    def _taken_with(self, log: Interactions, config: RecommenderConfig) -> Neighbours:
        if self.repeat_purchase or len(log) == 0:
            return item_neighbours(takings_of(log), config.item_knn)
        return neighbours_of(OneOffModel.fit(takings_of(log), searched(config.oneoff)))


def fit_oneoff(
    log: Interactions, config: RecommenderConfig, rng: np.random.Generator, progress: Callable[[float], None]
) -> OneOffModel:
    """The model for things bought once, of which one sparse matrix is served."""
    settings = config.oneoff if config.tuning.shoppers else searched(config.oneoff)
    return OneOffModel.fit(takings_of(log), settings, rng=rng, progress=lambda _stage, share: progress(share))


def searched(config: OneOffConfig) -> OneOffConfig:
    """These settings as they are, with nothing left to search."""
    return config.model_copy(update={"search": config.search.model_copy(update={"shoppers": 0})})


def neighbours_of(model: OneOffModel) -> Neighbours:
    """Its merged matrix, in the blend's unit."""
    return Neighbours(*model.sparse.table).scaled()


def _followers(log: Interactions, config: RecommenderConfig, *, fit: bool) -> Neighbours:
    return Transitions.fit(log, config.transitions).followers if fit else Neighbours.none(log.n_items)


def _used(config: RecommenderConfig) -> set[str]:
    """Sources that have a weight in either blend."""
    blends = (config.blend, config.blend_new)
    return {
        source
        for source in BlendWeights.model_fields
        if any(getattr(blend, source) > 0.0 for blend in blends)
    }


def _groups(takings: sp.csr_array, traits: Sequence[Mapping[str, str]]) -> GroupTakings | None:
    """None where no shopper has any."""
    groups = GroupTakings.fit(takings, traits)
    return None if groups.empty else groups
