"""The unit as a web application, for whatever serves it: TOEX_HOME names the home."""

import os
from pathlib import Path

from django.core.wsgi import get_wsgi_application

from toex.wiring.unit import connect

connect(Path(os.environ.get("TOEX_HOME", "var/unit")))
application = get_wsgi_application()
