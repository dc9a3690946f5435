"""`make bench`: every benchmark in one run, side by side with what one would use instead, beside the machine's facts."""

import argparse
import json
import os
import platform
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks import audit, conflation, loading, lookups, pictures, reading, texts

SUITES: dict[str, Callable[[bool], dict[str, object]]] = {
    "loading": loading.run,
    "lookups": lookups.run,
    "conflation": conflation.run,
    "audit": audit.run,
    "pictures": pictures.run,
    "reading": reading.run,
    "texts": texts.run,
}


def main() -> None:
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("suites", nargs="*", choices=[*SUITES, []], help="which; all of them if none is named")
    words.add_argument("--small", action="store_true", help="a tenth of the size, to see that it runs")
    words.add_argument("--out", type=Path, default=Path("benchmarks/results"))
    args = words.parse_args()
    facts = {
        "cores": os.cpu_count(),
        "machine": platform.machine(),
        "python": platform.python_version(),
        "load": os.getloadavg(),
    }
    for name in args.suites or SUITES:
        began = time.perf_counter()
        print(f"== {name}")
        figures = SUITES[name](args.small)
        whole = {
            "suite": name,
            "small": args.small,
            "machine": facts,
            "seconds": round(time.perf_counter() - began, 1),
            **figures,
        }
        args.out.mkdir(parents=True, exist_ok=True)
        (args.out / f"{name}{'-small' if args.small else ''}.json").write_text(json.dumps(whole, indent=1) + "\n")
        print(json.dumps(figures, indent=1))


if __name__ == "__main__":
    main()
