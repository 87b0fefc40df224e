"""How the conversations went: turns to each goal, and how often the assistant had to ask back, by topic."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from statistics import mean

from tests.conversations.script import Script

ASKING_BACK = ("action_fallback", "action_did_you_mean")


@dataclass(frozen=True)
class Course:
    """A conversation that was held: its turns to each goal, all its turns, and those that asked back."""

    script: Script
    turns: int
    asked_back: int


def table(courses: Iterable[Course]) -> list[str]:
    """A line for each topic, and one for all of them."""
    topics: dict[str, list[Course]] = defaultdict(list)
    for course in courses:
        topics[course.script.topic].append(course)
    head = ("topic", "talks", "goals", "turns to goal", "longest", "asked back")
    lines = ["{:<12} {:>5} {:>5} {:>13} {:>7} {:>10}".format(*head)]
    lines += [_line(topic, topics[topic]) for topic in sorted(topics)]
    return [*lines, _line("all", [each for of_topic in topics.values() for each in of_topic])]


def _line(name: str, courses: list[Course]) -> str:
    goals = [turns for course in courses for turns in course.script.turns_to_goal]
    asked, turns = sum(course.asked_back for course in courses), sum(course.turns for course in courses)
    share = f"{asked / turns:.1%}"
    return f"{name:<12} {len(courses):>5} {len(goals):>5} {mean(goals):>13.1f} {max(goals):>7} {share:>10}"
