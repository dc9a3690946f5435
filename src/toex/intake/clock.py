"""Times read many at once: the fixed spellings that systems write, turned into UTC without a call for every cell.

What is not in one of these spellings goes to the cleaner of moments, whose reading this one must equal.
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from types import MappingProxyType

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from toex.intake.chunk import Flags, Positions, offsets
from toex.pole.values import moment

# D day, M month, Y year, h hour, m minute, s second; anything else stands for itself.
SPELLINGS = (
    "DD/MM/YYYY hh:mm:ss",
    "DD/MM/YYYY hh:mm",
    "YYYY-MM-DD hh:mm:ss",
    "YYYY-MM-DDThh:mm:ss",
    "YYYY-MM-DDThh:mm:ssZ",
    "YYYY-MM-DD hh:mm",
    "YYYY-MM-DDThh:mm",
)
_HOUR = 3_600
Figures = npt.NDArray[np.int64]
_LIMITS: Mapping[str, tuple[int, int]] = MappingProxyType(
    {"Y": (1900, 2150), "M": (1, 12), "D": (1, 31), "h": (0, 23), "m": (0, 59), "s": (0, 59)}
)


def read(texts: pa.Array, *, zone: str) -> tuple[pa.Array, pa.Array, Flags]:
    """Give UTC times, their precision, and which rows were read; rows that were not are null in both columns.

    A time that the clock showed twice or never is left to the cleaner, which says so.
    """
    seconds = np.zeros(len(texts), dtype=np.int64)
    done = np.zeros(len(texts), dtype=bool)
    precise = np.zeros(len(texts), dtype=bool)
    lengths = pc.fill_null(pc.binary_length(texts), 0).to_numpy(zero_copy_only=False)
    for spelling in SPELLINGS:
        places = np.flatnonzero((lengths == len(spelling)) & ~done)
        if len(places):
            found, good = _read_one(texts.take(pa.array(places)), spelling, zone)
            seconds[places[good]] = found[good]
            done[places[good]] = True
            precise[places[good]] = "s" in spelling
    stamps = pa.array(seconds * 1_000_000, pa.int64(), mask=~done).cast(pa.timestamp("us", tz="UTC"))
    words = pc.if_else(pa.array(precise), "second", "minute")
    return stamps, pc.if_else(pa.array(done), words, pa.scalar(None, pa.string())), done


def _read_one(texts: pa.Array, spelling: str, zone: str) -> tuple[Positions, Flags]:
    letters = _matrix(texts, len(spelling))
    good = np.ones(len(texts), dtype=bool)
    parts: dict[str, Figures] = {}
    for name, (low, high) in _LIMITS.items():
        columns = [place for place, letter in enumerate(spelling) if letter == name]
        figures = letters[:, columns].astype(np.int64) - ord("0")
        good &= ((figures >= 0) & (figures <= 9)).all(axis=1)
        value = np.zeros(len(texts), dtype=np.int64)
        for place in range(len(columns)):
            value = value * 10 + figures[:, place]
        good &= ((value >= low) & (value <= high)) if columns else True
        parts[name] = value
    for place, letter in enumerate(spelling):
        if letter not in _LIMITS:
            good &= letters[:, place] == ord(letter)
    local, is_day = _seconds(parts)
    good &= is_day
    shift, sure = _to_utc(local, good, "UTC" if spelling.endswith("Z") else zone)
    return local + shift, good & sure


def _matrix(texts: pa.Array, width: int) -> npt.NDArray[np.uint8]:
    """Give the bytes of texts that all are `width` bytes long, a row each."""
    packed = pa.concat_arrays([texts])
    bounds = offsets(packed)
    data = np.frombuffer(packed.buffers()[2], dtype=np.uint8)[bounds[0] : bounds[-1]]
    return data.reshape(len(texts), width)


def _seconds(parts: Mapping[str, Figures]) -> tuple[Figures, Flags]:
    """Give seconds since 1970 by the clock, and whether the month has such a day."""
    months = ((parts["Y"] - 1970) * 12 + parts["M"] - 1).astype("datetime64[M]")
    days = months.astype("datetime64[D]") + (parts["D"] - 1)
    is_day = (days.astype("datetime64[M]") == months) & (parts["D"] > 0)
    clock = parts["h"] * _HOUR + parts["m"] * 60 + parts["s"]
    return days.astype(np.int64) * 86_400 + clock, is_day


def _to_utc(local: Figures, good: Flags, zone: str) -> tuple[Figures, Flags]:
    """Give what to add for UTC, and where it is beyond doubt; asked once for each hour that occurs."""
    if zone == "UTC":
        return np.zeros(len(local), dtype=np.int64), np.ones(len(local), dtype=bool)
    hours, places = np.unique(np.where(good, local // _HOUR, 0), return_inverse=True)
    shifts = np.zeros(len(hours), dtype=np.int64)
    sure = np.zeros(len(hours), dtype=bool)
    for place, hour in enumerate(hours.tolist()):
        first = datetime.fromtimestamp(hour * _HOUR, tz=UTC).replace(tzinfo=None)
        utc, doubt = moment.to_utc(first, zone)
        shifts[place] = int(utc.timestamp()) - hour * _HOUR
        sure[place] = not doubt
    return shifts[places], sure[places]
