"""Purchase propensity: who buys, and who buys which category, in the days to come."""

from recommender.shoppers.propensity.fitting import Fitted, fit_propensity
from recommender.shoppers.propensity.pairs import PairLog, pair_log, pair_rows
from recommender.shoppers.propensity.rows import Rows
from recommender.shoppers.propensity.visits import visit_rows

__all__ = ["Fitted", "PairLog", "Rows", "fit_propensity", "pair_log", "pair_rows", "visit_rows"]
