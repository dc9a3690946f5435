"""Values sent between a reading and its worker processes: pickled, each with its length before it.

Both ends are the same program; nothing that comes from elsewhere is ever unpickled.
"""

import pickle
from typing import IO, Any

_LENGTH = 8


def send(stream: IO[bytes], value: object) -> None:
    """Write one value with its length before it."""
    data = pickle.dumps(value, protocol=5)
    stream.write(len(data).to_bytes(_LENGTH, "big"))
    stream.write(data)
    stream.flush()


def receive(stream: IO[bytes]) -> Any:
    """Read one value; None at the end of the stream."""
    head = stream.read(_LENGTH)
    return pickle.loads(stream.read(int.from_bytes(head, "big"))) if len(head) == _LENGTH else None  # noqa: S301
