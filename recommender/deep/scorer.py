"""The sequence model as a scorer: for shops where it wins, and where nothing is bought again."""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from recommender.arrays import FloatArray, IntArray
from recommender.deep.model import SequenceModel
from recommender.deep.sequences import Past
from recommender.profile import Profile
from recommender.ranking import ReasonKind
from recommender.scorers.base import NO_CAUSE, Contributions

FAINTEST = 1e-6
"""Share of a score below which a difference is rounding."""


@dataclass(frozen=True)
class NextInSequence:
    """Score of an item = the weight of the history times the model's probability that it comes next.

    A profile knows an item's latest basket and none before, so that the model reads the true sequence only
    where nothing is bought again. It promises what every scorer does (recommender.scorers.base), and that an
    item scores less without a cause named for it. It does not promise that no item scores higher without some
    other past item: what was taken last may speak against an item. A blend that lets it serve has to name a
    cause only where everything it gave, with this scorer's loss (`losses`), is above 0.
    """

    source: ClassVar[str] = "sequence"
    reason: ClassVar[ReasonKind] = "bought_after"
    personal: ClassVar[bool] = True

    model: SequenceModel

    def add_to(self, board: FloatArray, profile: Profile, weight: float) -> None:
        """Every item; nothing without a history."""
        board += weight * self._scores(profile)

    def contributions(self, profile: Profile, items: IntArray) -> list[Contributions]:
        """The past items without which each would score less, in proportion to how much less.

        Without a cause where every past item speaks against it. Asks the model once a past item: about a
        millisecond each.
        """
        scores = self._scores(profile)[items]
        causes, losses = self.losses(profile, items)
        return [_shared(float(score), causes, lost) for score, lost in zip(scores, losses.T, strict=True)]

    def losses(self, profile: Profile, items: IntArray) -> tuple[IntArray, FloatArray]:
        """The past items that the model reads, and what each of these items would lose without each of them;
        below 0 where it would gain. Past items x items."""
        causes = self._past(profile).items
        scores = self._scores(profile)[items]
        losses = [scores - self._scores(profile.without(int(cause)))[items] for cause in causes]
        return causes, np.array(losses, dtype=np.float64).reshape(len(causes), len(items))

    def _scores(self, profile: Profile) -> FloatArray:
        past = self._past(profile)
        if past.length == 0:
            return np.zeros(self.model.n_items)
        board = self.model.scores_after(past)
        likely = np.exp(board - board.max())
        scores: FloatArray = float(profile.weights.sum()) * likely / likely.sum()
        return scores

    def _past(self, profile: Profile) -> Past:
        """Every past item where it was last."""
        places = np.unique(-profile.ages, return_inverse=True)[1].astype(np.int64)
        order = np.lexsort((profile.items, places))
        return Past(profile.items[order], places[order]).latest(self.model.config.network.window)


def _shared(score: float, causes: IntArray, losses: FloatArray) -> Contributions:
    speaking = np.where(losses > FAINTEST * score, losses, 0.0)
    if speaking.any():
        return Contributions.of(causes, score * speaking / speaking.sum())
    return Contributions.of(np.array([NO_CAUSE]), np.array([score]))
