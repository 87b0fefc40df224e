"""Putting what was found in another order than the best first."""

from recommender import Ranking
from shop.questions import Question
from shop.rankings import Rank
from shop.wishes import BY_PRICE

# So many of the best are ordered anew: who asks for the cheapest does not mean the worst match.
POOL = 200
# Of what a text finds, matches within this share of the best one's score.
NEAR_MATCH = 0.8


def ordered(question: Question, rank: Rank, count: int) -> Ranking:
    """What the way of ranking finds, in the order that the wish asks for; else the best first."""
    if question.wish.order != BY_PRICE:
        return rank(question, count)
    pool = list(rank(question, max(count, POOL)))
    if question.wish.text and pool:
        least = NEAR_MATCH * max(item.score for item in pool)
        pool = [item for item in pool if item.score >= least]
    prices, place = question.availability.price, question.availability.place
    pool.sort(key=lambda item: int(prices[place[item.item_id]]))
    return Ranking(tuple(pool[:count]))
