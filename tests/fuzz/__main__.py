"""`make fuzz`: every reader in turn under atheris for some seconds each, led by what parts of it are reached."""

import os
import sys
import tempfile
from pathlib import Path

import atheris

SECONDS = int(os.environ.get("SECONDS_EACH", "3600"))


def one(reader: str, seconds: int) -> None:
    """Fuzz one reader in this process until the time is over or something unforeseen happens."""
    with atheris.instrument_imports(
        include=["toex.parsers", "pypdf", "mt940", "striprtf", "oxmsg", "defusedxml", "email"]
    ):
        from importlib import import_module

        import_module(f"toex.parsers.{reader}")
        from fuzz.harness import inside, read_any, seeds
    folder = Path(tempfile.mkdtemp(dir="/dev/shm"))
    corpus = folder / "corpus"
    corpus.mkdir()
    for number, data in enumerate(seeds(folder)[reader]):
        (corpus / str(number)).write_bytes(data)

    def change(data: bytes, size: int, seed: int) -> bytes:
        return inside(data, lambda part: atheris.Mutate(part, max(len(part) + 64, 64)), seed)[:size]

    def test(data: bytes) -> None:
        read_any(data, folder)

    arguments = [sys.argv[0], str(corpus), f"-max_total_time={seconds}", "-max_len=80000", "-timeout=300", "-rss_limit_mb=3000",
                 f"-artifact_prefix={tempfile.gettempdir()}/fuzz-{reader}-", "-print_final_stats=1", "-verbosity=0"]  # fmt: skip
    atheris.Setup(arguments, test, custom_mutator=change)
    atheris.Fuzz()


def every(seconds: int) -> int:
    """Fuzz each reader in a process of its own; count those in which something unforeseen happened."""
    from fuzz.harness import seeds

    failed = 0
    for reader in sorted(seeds(Path(tempfile.mkdtemp()))):
        print(f"{reader}: {seconds} s ...", flush=True)
        code = os.spawnv(os.P_WAIT, sys.executable, [sys.executable, "-m", "fuzz", reader, str(seconds)])
        print(f"{reader}: {'nothing unforeseen' if code == 0 else f'exit code {code}'}", flush=True)
        failed += code != 0
    return failed


if __name__ == "__main__":
    if len(sys.argv) > 1:
        name, how_long = sys.argv[1], int(sys.argv[2])
        sys.argv = sys.argv[:1]
        one(name, how_long)
    else:
        sys.exit(every(SECONDS))
