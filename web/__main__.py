"""`python -m web`: serve the shop's settings in one process until SIGTERM or Ctrl-C."""

import sys

from shop.context import open_shop
from shop.settings import Settings
from web.app import create_app
from web.logs import configure_logs


def main() -> int:
    """Serve; returns the exit code."""
    settings = Settings()
    configure_logs(settings.log_level)
    shop = open_shop(settings)
    app = create_app(shop)
    try:
        app.run(host=settings.host, port=settings.port, single_process=True, access_log=False, motd=False)
    finally:
        shop.database.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
