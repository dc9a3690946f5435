"""A compound file of the kind that Outlook keeps letters in, written by hand: nothing at hand writes one."""

import struct
from collections.abc import Mapping
from dataclasses import dataclass, field

_FREE, _END, _FAT, _NONE = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD, 0xFFFFFFFF
_SECTOR, _MINI, _SMALL = 512, 64, 4096
Tree = Mapping[str, "bytes | Tree"]


@dataclass
class _Entry:
    name: str
    kind: int  # 5 root, 1 storage, 2 stream
    child: int = _NONE
    right: int = _NONE
    start: int = 0
    size: int = 0
    data: bytes = field(default=b"", repr=False)

    def packed(self) -> bytes:
        name = self.name.encode("utf-16-le") + b"\0\0"
        head = name.ljust(64, b"\0") + struct.pack("<HBB", len(name), self.kind, 1)
        return (
            head
            + struct.pack("<III", _NONE, self.right, self.child)
            + b"\0" * 36
            + struct.pack("<IQ", self.start, self.size)
        )


def compound(tree: Tree) -> bytes:
    """Write storages and streams by name; small streams go into the small store, as the format wants."""
    entries = [_Entry("Root Entry", 5)]
    _place(entries, 0, tree)
    small, mini = b"", list[int]()
    for one in entries:
        if one.kind == 2 and one.size < _SMALL:
            sectors = -(-one.size // _MINI)
            one.start = len(mini) if sectors else _END
            mini += [*range(len(mini) + 1, len(mini) + sectors), _END] if sectors else []
            small += one.data.ljust(sectors * _MINI, b"\0")
    body, fat = b"", list[int]()

    def lay(data: bytes) -> int:
        nonlocal body
        sectors = -(-len(data) // _SECTOR)
        if not sectors:
            return _END
        first = len(fat)
        fat.extend([*range(first + 1, first + sectors), _END])
        body += data.ljust(sectors * _SECTOR, b"\0")
        return first

    for one in entries:
        if one.kind == 2 and one.size >= _SMALL:
            one.start = lay(one.data)
    entries[0].start, entries[0].size = lay(small), len(small)
    minis = b"".join(struct.pack("<I", n) for n in mini)
    minis = minis.ljust(-(-len(minis) // _SECTOR) * _SECTOR, b"\xff")
    mini_at = lay(minis)
    entries += [_Entry("", 0) for _ in range(-len(entries) % 4)]
    directory = lay(b"".join(one.packed() for one in entries))
    sectors = 1
    while (len(fat) + sectors) * 4 > sectors * _SECTOR:
        sectors += 1
    places = [len(fat) + n for n in range(sectors)]
    fat += [_FAT] * sectors
    table = b"".join(struct.pack("<I", n) for n in fat).ljust(sectors * _SECTOR, b"\xff")
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 16 + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + b"\0" * 6
    head += struct.pack("<IIIIIIIII", 0, sectors, directory, 0, _SMALL, mini_at, len(minis) // _SECTOR, _END, 0)
    head += b"".join(struct.pack("<I", n) for n in places)
    return head.ljust(_SECTOR, b"\xff") + body + table


def _place(entries: list[_Entry], above: int, tree: Tree) -> None:
    before = None
    for name, held in tree.items():
        at = len(entries)
        stream = isinstance(held, bytes)
        entries.append(_Entry(name, 2 if stream else 1, size=len(held) if stream else 0, data=held if stream else b""))  # type: ignore[arg-type]
        if before is None:
            entries[above].child = at
        else:
            entries[before].right = at
        before = at
        if not stream:
            _place(entries, at, held)  # type: ignore[arg-type]


def _text(tag: int, text: str) -> tuple[str, bytes]:
    return f"__substg1.0_{tag:04X}001F", text.encode("utf-16-le")


def _properties(head: int, *fixed: tuple[int, int, bytes], texts: Mapping[int, str] | None = None) -> bytes:
    made = b"\0" * head
    for tag, kind, value in fixed:
        made += struct.pack("<HHI", kind, tag, 6) + value.ljust(8, b"\0")
    for tag, text in (texts or {}).items():
        made += struct.pack("<HHIII", 0x1F, tag, 6, len(text.encode("utf-16-le")) + 2, 0)
    return made


def outlook(
    subject: str, body: str, *, sender: str, to: tuple[str, str], sent: int, attached: Mapping[str, bytes] | None = None
) -> bytes:
    """Write a letter: `sent` in 100 nanoseconds since 1601, `to` a name and an address."""
    texts = {0x0037: subject, 0x1000: body, 0x0C1A: sender, 0x0C1F: sender, 0x5D01: sender}
    head = b"\0" * 8 + struct.pack("<IIII", 1, len(attached or {}), 1, len(attached or {})) + b"\0" * 8
    fixed = ((0x0039, 0x40, struct.pack("<Q", sent)), (0x340D, 3, struct.pack("<I", 0x40000)))
    tree: dict[str, bytes | Tree] = {"__properties_version1.0": head + _properties(0, *fixed, texts=texts)}
    tree |= dict(_text(tag, text) for tag, text in texts.items())
    people = {0x3001: to[0], 0x3003: to[1], 0x39FE: to[1]}
    tree["__recip_version1.0_#00000000"] = {
        "__properties_version1.0": _properties(8, texts=people),
        **dict(_text(t, v) for t, v in people.items()),
    }
    for number, (name, content) in enumerate((attached or {}).items()):
        said = {0x3707: name, 0x3704: name}
        fixed_of = ((0x3705, 3, struct.pack("<I", 1)), (0x3701, 0x102, struct.pack("<I", len(content))))
        tree[f"__attach_version1.0_#{number:08X}"] = {
            "__properties_version1.0": _properties(8, *fixed_of, texts=said), "__substg1.0_37010102": content,
            **dict(_text(t, v) for t, v in said.items()),
        }  # fmt: skip
    return compound(tree)
