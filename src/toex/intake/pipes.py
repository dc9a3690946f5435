"""Values sent between a reading and its worker processes: pickled, their large buffers beside the pickle and not in it.

Both ends are the same program; nothing that comes from elsewhere is ever unpickled.
"""

import fcntl
import pickle
from collections.abc import Sequence
from contextlib import suppress
from typing import IO, Any

_LENGTH = 8
_WIDE = 1 << 20  # bytes a pipe holds: of the usual 64 KB, both ends would wait for one another all the time


def widen(stream: IO[bytes]) -> None:
    """Let a pipe hold more, where the system allows it."""
    with suppress(OSError, AttributeError):
        fcntl.fcntl(stream.fileno(), fcntl.F_SETPIPE_SZ, _WIDE)


def send(stream: IO[bytes], value: object) -> None:
    """Write one value: the lengths of its pickle and its buffers, then these."""
    buffers: list[pickle.PickleBuffer] = []
    data = pickle.dumps(value, protocol=5, buffer_callback=buffers.append)
    views = [buffer.raw() for buffer in buffers]
    lengths = [len(data), *(view.nbytes for view in views)]
    stream.write(b"".join(length.to_bytes(_LENGTH, "big") for length in (len(views), *lengths)))
    stream.write(data)
    for view in views:
        stream.write(view)
    stream.flush()


def receive(stream: IO[bytes]) -> Any:
    """Read one value; None at the end of the stream."""
    head = stream.read(_LENGTH)
    if len(head) != _LENGTH:
        return None
    lengths = _numbers(stream.read(_LENGTH * (1 + int.from_bytes(head, "big"))))
    data, *buffers = (stream.read(length) for length in lengths)
    return pickle.loads(data, buffers=buffers)  # noqa: S301


def _numbers(data: bytes) -> Sequence[int]:
    return [int.from_bytes(data[place : place + _LENGTH], "big") for place in range(0, len(data), _LENGTH)]
