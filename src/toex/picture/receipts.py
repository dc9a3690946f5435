"""Delivered files kept as they came under their SHA-256, and the quality sheet that intake wrote of each."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from toex.store import View, keep_file


def keep(home: Path, file: Path, receipt: str) -> None:
    """Keep a copy of a delivered file in the home: nothing delivered is ever lost."""
    keep_file(file, home / "deliveries" / receipt)


def sheet_name(receipt: str) -> str:
    """Name the small file in which a delivery's quality sheet is kept with the snapshot."""
    return f"receipts/{receipt}.json"


def sheet_of(view: View, receipt: str) -> Mapping[str, Any]:
    """Read a delivery's quality sheet, empty where there is none."""
    content = view.kept(sheet_name(receipt))
    return json.loads(content) if content else {}


def file_of(view: View, receipt: str) -> str:
    """Name the file that a receipt stands for, as it was called when it was delivered."""
    return str(sheet_of(view, receipt).get("file", ""))
