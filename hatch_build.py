"""Builds the pages into the wheel; an editable install is built by the Makefile, again whenever a source changes."""

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class PagesHook(BuildHookInterface):  # type: ignore[type-arg]
    """Runs frontend/build.py before the wheel is packed."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Build what is not fresh and let the wheel carry it, though git ignores it."""
        if version == "editable":
            return
        sys.path.insert(0, str(Path(self.root) / "frontend"))
        import build

        if not build.is_fresh():
            build.build()
        build_data["artifacts"].append("src/toex/web/static/**")
