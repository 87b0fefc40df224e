"""Logging of the commands in this package: one line a record, on standard error, so that standard output
stays JSON.
"""

import logging
import sys

import structlog


def configure(level: int = logging.INFO) -> None:
    """Log our own records from `level`, Rasa's and its libraries' from WARNING; hide libraries' deprecation
    notices.

    Rasa's structlog events may hold what shoppers wrote, so those below ERROR are dropped before they are
    made up.
    """
    logging.basicConfig(
        stream=sys.stderr, level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s"
    )
    logging.getLogger("nlu").setLevel(level)
    logging.captureWarnings(True)
    logging.getLogger("py.warnings").setLevel(logging.ERROR)
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.format_exc_info,  # structlog's own choice needs rich, which serving hides
            structlog.processors.LogfmtRenderer(bool_as_flag=False),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )
