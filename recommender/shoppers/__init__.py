"""Who shops here: what purchases say of each shopper, of groups of them, and of what they will do next.

Arrays in, arrays out. Norms are fitted on everybody's purchases (`fit_...`); measures (`measure_...`,
`..._of`) hold one shopper, or all, against them; `study` does everything for all shoppers. Without prices a
line counts for one, and whatever needs prices gives its neutral answer; nothing here answers NaN.
"""

from recommender.shoppers.config import ShoppersConfig
from recommender.shoppers.figures import SegmentFigures, figures_of
from recommender.shoppers.life_stage import LifeStage, life_stage
from recommender.shoppers.norms import Norms, fit_norms, norms_from
from recommender.shoppers.purchases import Orders, Purchases, last_moment, orders_of
from recommender.shoppers.study import Study, study

__all__ = [
    "LifeStage",
    "Norms",
    "Orders",
    "Purchases",
    "SegmentFigures",
    "ShoppersConfig",
    "Study",
    "figures_of",
    "fit_norms",
    "last_moment",
    "life_stage",
    "norms_from",
    "orders_of",
    "study",
]
