"""What counts as new in a shop: the newest share of what it sells, at the pace at which it adds things.

A week makes a novelty in one shop and a season in another, so no number of days would do. What the shop
opened with is never new, nor is anything once `LONGEST_DAYS` have gone by, however rarely it adds something.
"""

import math

import numpy as np
from numpy.typing import NDArray

NEWEST_SHARE = 0.05
LONGEST_DAYS = 90
UNKNOWN_DAY = -1


def newest(added_day: NDArray[np.int64], today: int) -> NDArray[np.bool_]:
    """One flag per item: it is among the newest `NEWEST_SHARE` of all, or came on the same day as one.

    added_day, today: days since 1970-01-01; `UNKNOWN_DAY` where nobody knows, which is never new.
    """
    known = added_day != UNKNOWN_DAY
    if not known.any():
        return np.zeros(len(added_day), dtype=np.bool_)
    since_opening: NDArray[np.bool_] = known & (added_day > added_day[known].min()) & (added_day <= today)
    latest_first = np.sort(added_day[since_opening])[::-1]
    if len(latest_first) == 0:
        return since_opening
    share = math.ceil(NEWEST_SHARE * np.count_nonzero(known))
    first_day = max(int(latest_first[min(share, len(latest_first)) - 1]), today - LONGEST_DAYS)
    return since_opening & (added_day >= first_day)
