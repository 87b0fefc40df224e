"""Trains the shipped classifier on one file and tests it on others. Runs in Rasa's environment."""

import argparse
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np
from threadpoolctl import threadpool_limits

from nlu.intent_bands import LOST
from nlu.intent_classifier import learn
from nlu.intent_model import OUT_OF_SCOPE, CannotLearn, IntentModel, Understood
from nlu.word_features import NothingToRead
from understanding.files import CannotMeasure, read_sentences

TIMED = 500  # messages


def measure(options: argparse.Namespace) -> dict[str, Any]:
    """Return the report.

    Raises:
        CannotMeasure: a file is no list of sentences, or nothing can be learnt from it.
    """
    train, test = read_sentences(options.train), read_sentences(options.test)
    outside = read_sentences(options.oos)[0] if options.oos else []
    unseen = _unseen(options.val, options.oos_val, train)
    started = time.perf_counter()
    try:
        model = learn(*train, {"words_only": options.words_only}, unseen)
    except (CannotLearn, NothingToRead) as error:
        raise CannotMeasure(f"{options.train}: {error}") from error
    train_s = time.perf_counter() - started
    print(f"trained on {len(train[0])} sentences in {train_s:.1f} s", file=sys.stderr)
    with threadpool_limits(1):
        inside, times = _understand(model, test[0])
        strangers, _ = _understand(model, outside)
    return {
        **_quality(inside, test[1], strangers),
        "train_s": round(train_s, 2),
        "p50_ms": round(float(np.percentile(times, 50)), 3),
        "p95_ms": round(float(np.percentile(times, 95)), 3),
    }


def _unseen(
    val: Path | None, oos_val: Path | None, train: tuple[list[str], list[str]]
) -> tuple[list[str], list[str]] | None:
    """Return sentences to fit limits on; None to hold out some of the training sentences."""
    if val is None:
        if oos_val is not None:
            raise CannotMeasure("--oos-val needs --val: limits are fitted on both sides")
        return None
    texts, intents = read_sentences(val)
    known = set(train[1])
    if not known & set(intents):
        raise CannotMeasure(f"{val} has no intent of the training file")
    if oos_val is not None:
        strangers = read_sentences(oos_val)[0]
        texts, intents = texts + strangers, intents + [OUT_OF_SCOPE] * len(strangers)
    return texts, intents


def _understand(model: IntentModel, texts: list[str]) -> tuple[list[Understood], list[float]]:
    """Understand one by one, as messages come; and how many ms the last `TIMED` took each."""
    understood, times = [], []
    for text in texts:
        started = time.perf_counter()
        understood.append(model.understand(text))
        times.append((time.perf_counter() - started) * 1000.0)
    return understood, times[-TIMED:]


def _quality(
    inside: list[Understood], expected: list[str], strangers: list[Understood]
) -> dict[str, float | None]:
    right = np.array([_top(each) == intent for each, intent in zip(inside, expected, strict=True)])
    kept = np.array([not _rejected(each) for each in inside])
    report: dict[str, float | None] = {
        "accuracy": round(float(right.mean()), 5),
        "accuracy_after_rejection": round(float((right & kept).mean()), 5),
        "oos_recall": None,
        "oos_auroc": None,
    }
    if strangers:
        report["oos_recall"] = round(float(np.mean([_rejected(each) for each in strangers])), 5)
        report["oos_auroc"] = round(_auroc(inside, strangers), 5)
    return report


def _top(understood: Understood) -> str | None:
    return understood.ranking[0][0] if understood.ranking else None


def _rejected(understood: Understood) -> bool:
    return understood.band == LOST or _top(understood) == OUT_OF_SCOPE


def _auroc(inside: list[Understood], strangers: list[Understood]) -> float:
    """Return the chance that a sentence in scope has more assurance than a stranger; ties count half."""
    one = np.array([max(each.assurance, -1e9) for each in inside])
    other = np.sort([max(each.assurance, -1e9) for each in strangers])
    below, upto = np.searchsorted(other, one, side="left"), np.searchsorted(other, one, side="right")
    return float((below + upto).mean() / 2 / len(other))
