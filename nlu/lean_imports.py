"""Keeps out of the serving process what its libraries import and a turn never uses: about half of its start.

Measured from process start to ready, in seconds of processor time: 12 with everything, 6 so. Each function
must run before Rasa is imported.
"""

import sys
from types import ModuleType

UNUSED_WHEN_SERVING = (
    "aiormq",  # RabbitMQ events
    "apscheduler",  # reminders, which web keeps
    "cryptography",
    "jinja2",  # dask's HTML views
    "jwt",  # tokens of Rasa's own HTTP API
    "matplotlib",  # plots of `rasa test`
    "prompt_toolkit",  # rasa shell
    "pygments",
    "questionary",  # rasa shell
    "redis",  # Redis locks and trackers
    "requests",  # telemetry, Duckling
    "rich",  # coloured tracebacks
    "scipy.interpolate",
    "scipy.stats",
    "spacy.cli",  # typer, httpx and the like
    "sklearn.model_selection",  # training of neural components
)


def hide_unused() -> None:
    """Answer the imports of `UNUSED_WHEN_SERVING` with stand-ins that raise an error when they are used."""
    import aisle_standins

    aisle_standins.hide(*UNUSED_WHEN_SERVING)


def trust_few_types() -> None:
    """Spare skops, which stores Rasa's linear classifier, the search for types that it would trust.

    At its import skops 0.9 imports all of scikit-learn and looks in every module for every ufunc of numpy and
    scipy, 3 s in all. The lists put in their place are shorter: plain numbers, numpy's scalar types, and this
    environment's one classifier.
    """
    import numpy

    kinds = vars(numpy)["sctypes"].values()
    scalars = {
        f"numpy.{scalar.__name__}" for group in kinds for scalar in group if scalar.__module__ == "numpy"
    }
    trusted = ModuleType("skops.io._trusted_types")
    vars(trusted).update(
        PRIMITIVE_TYPE_NAMES=["builtins.int", "builtins.float", "builtins.str", "builtins.bool"],
        NUMPY_DTYPE_TYPE_NAMES=sorted(scalars),
        SKLEARN_ESTIMATOR_TYPE_NAMES=["sklearn.linear_model._logistic.LogisticRegression"],
        SCIPY_UFUNC_TYPE_NAMES=[],
        NUMPY_UFUNC_TYPE_NAMES=[],
    )
    sys.modules[trusted.__name__] = trusted
