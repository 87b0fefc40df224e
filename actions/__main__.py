"""`python -m actions`: serve the shop's skills to Rasa on loopback until SIGTERM or Ctrl-C."""

import logging
import sys

import structlog

from actions.server import create_app
from shop.context import open_shop
from shop.settings import Settings

HOST = "127.0.0.1"


def main() -> int:
    """Serve; returns the exit code."""
    settings = Settings()
    _configure_logs(settings.log_level)
    shop = open_shop(settings)
    try:
        app = create_app(shop)
        app.run(host=HOST, port=settings.actions_port, single_process=True, access_log=False, motd=False)
    finally:
        shop.database.close()
    return 0


def _configure_logs(level: str) -> None:
    """JSON lines on standard error, without what shoppers say."""
    numeric = logging.getLevelNamesMapping()[level.upper()]
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(numeric),
        logger_factory=structlog.WriteLoggerFactory(file=sys.stderr),
    )
    logging.basicConfig(level=max(numeric, logging.WARNING), stream=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
