"""The files that one publish makes: placed as they are written, brought to the disk together before they are named."""

import hashlib
import os
import secrets
from collections.abc import Mapping
from pathlib import Path

from toex.store.durable import sync_file, sync_folder
from toex.store.manifest import DataFile
from toex.store.parquet import Key
from toex.store.paths import data_of, kept_of


class Fresh:
    """New data files and kept files of a home; nothing names them before `settle` has returned."""

    def __init__(self, home: Path) -> None:
        self._home = home
        self._files: list[Path] = []
        self._folders: set[Path] = set()
        self._kept: list[tuple[Path, Path]] = []

    def place(self, key: Key) -> Path:
        """Give the path of a new data file for a table and folder."""
        return self._in(data_of(self._home).joinpath(*key)) / f"{secrets.token_hex(8)}.parquet"

    def finished(self, path: Path, rows: int) -> tuple[DataFile, ...]:
        """Take a written data file into the snapshot; one without rows is not kept."""
        if not rows:
            path.unlink()
            return ()
        self._files.append(path)
        return (DataFile(str(path.relative_to(data_of(self._home))), rows, path.stat().st_size),)

    def keep(self, contents: Mapping[str, bytes]) -> dict[str, str]:
        """Write small files under the hashes of their contents, and give those by name."""
        names = {name: hashlib.sha256(content).hexdigest() for name, content in contents.items()}
        for name, content in contents.items():
            path = self._in(kept_of(self._home)) / names[name]
            if not path.exists():
                temporary = path.with_name(f".{path.name}.{os.getpid()}")
                temporary.write_bytes(content)
                self._kept.append((temporary, path))
        return names

    def settle(self) -> None:
        """Bring the files to the disk, then the folders that name them."""
        for path in self._files:
            sync_file(path)
        for temporary, path in self._kept:
            sync_file(temporary)
            temporary.replace(path)
        for folder in self._folders:
            sync_folder(folder)

    def _in(self, folder: Path) -> Path:
        """Make a folder. All from it up to the home will be brought to the disk: a killed writer may have made some."""
        folder.mkdir(parents=True, exist_ok=True)
        above = folder.relative_to(self._home).parents
        self._folders |= {folder, *(self._home / path for path in above)}
        return folder
