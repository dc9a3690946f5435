"""Asks an installed toex, without a socket, for its log-in page and all that the page and a map are drawn with."""

import json
import re
from wsgiref.util import setup_testing_defaults

from toex.wiring.wsgi import application


def ask(path: str) -> bytes:
    """What stands at that address; stops with what was said where it is not there."""
    said: list[str] = []
    asked = {"PATH_INFO": path, "HTTP_HOST": "localhost"}
    setup_testing_defaults(asked)
    body = b"".join(application(asked, lambda status, _headers, _error=None: said.append(status)))
    if said != ["200 OK"]:
        raise SystemExit(f"{path}: {said}")
    return body


page = ask("/log-in").decode()
drawn_with = set(re.findall(r'(?:src|href)="(/static/[^"]+)"', page))
kinds = {name.rsplit(".", 1)[-1] for name in drawn_with}
if not {"js", "css"} <= kinds:
    raise SystemExit(f"The page is drawn with {sorted(drawn_with)}.")
weights = {name: len(ask(name)) for name in sorted(drawn_with)}
land = json.loads(ask("/static/toex/map/land.json"))
print(
    f"The page and {len(weights)} files that it is drawn with are there; so are {len(land['features']):,} pieces of land."
)
