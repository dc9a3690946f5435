"""What is known of a dataset and of one delivery of it before its rows are read."""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,62}")


@dataclass(frozen=True, slots=True)
class Dataset:
    """A supplier's dataset: whose, under what basis, and whether it is standing or bound to one operation (rule 11)."""

    name: str
    supplier: str
    title: str = ""
    lawful_basis: str = ""
    agreement: str = ""
    marking: str = "OFFICIAL-SENSITIVE"
    retention_group: str = ""
    review_date: str = ""
    binding: Literal["standing", "operation"] = "standing"
    operation: str = ""
    authority: str = ""
    expiry: str = ""
    compartment: str = ""

    def __post_init__(self) -> None:
        if not _NAME.fullmatch(self.name):
            raise ValueError("A dataset's name is written in small letters, digits and hyphens, 63 at most.")
        if self.binding == "operation" and not self.operation:
            raise ValueError(f"The dataset {self.name} is bound to an operation but names none.")


@dataclass(frozen=True, slots=True)
class Delivery:
    """One delivered file of a dataset: when it was received, and under which version its rows are kept."""

    dataset: Dataset
    mapping: str
    received: datetime
    file: str
