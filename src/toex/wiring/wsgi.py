"""The unit as a web application, for whatever serves it: TOEX_HOME names the home."""

import os
from pathlib import Path

from django.core.wsgi import get_wsgi_application
from whitenoise import WhiteNoise

from toex.wiring.unit import connect

connect(Path(os.environ.get("TOEX_HOME", "var/unit")))
_STATIC = Path(__file__).parents[1] / "web" / "static"


def _is_named_by_its_content(path: str, url: str) -> bool:
    """Say whether a file's name changes with what is in it, so that it may be kept for ever."""
    return "/assets/" in url


application = WhiteNoise(
    get_wsgi_application(),
    root=_STATIC,
    prefix="static/",
    immutable_file_test=_is_named_by_its_content,
    allow_all_origins=False,
)
