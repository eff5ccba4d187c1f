"""The desk's process as `rapport run` starts it: the gateway, and in demo mode the demo shop's website beside it."""

import sys

from desk.__main__ import serve
from desk.app import create_app
from rapport.demo_shop import site
from support.logs import configure_logging
from support.policy.business import BusinessFileWrong
from support.settings import Settings


def main() -> None:
    settings = Settings()
    configure_logging(settings.log_level)
    try:
        app = create_app(settings)
    except BusinessFileWrong as wrong:
        sys.exit(str(wrong))
    if settings.mode == "demo":
        site.install(app)
    serve(app, settings)


if __name__ == "__main__":
    main()
