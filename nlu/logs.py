"""Logging of this package's commands: a line a record, on standard error; standard output stays JSON."""

import logging
import sys

from nlu.errors import ActionFailed


def configure(level: int = logging.INFO) -> None:
    """Log our own records from `level`, others from WARNING, and no deprecation notices.

    Rasa's structlog events may hold what shoppers wrote, so those below ERROR are dropped before they are
    made up.
    """
    import structlog  # when serving has hidden what structlog imports for coloured output

    logging.basicConfig(
        stream=sys.stderr, level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s"
    )
    logging.getLogger("nlu").setLevel(level)
    logging.getLogger("rasa.core.processor").addFilter(_is_news)
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


def _is_news(record: logging.LogRecord) -> bool:
    """Drop the traceback that Rasa logs for a failed action: the channel tells it in one line."""
    return not (record.exc_info and isinstance(record.exc_info[1], ActionFailed))
