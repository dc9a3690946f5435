"""The process that assembles frames for a large reading: frames come on standard input, what they became goes out.

It is started by `crew` alone and speaks with it alone: what it unpickles was pickled by the same program.
"""

import gc
import sys

from toex.intake.assembly import assemble
from toex.intake.cleaning import Cleaning
from toex.intake.frame import Frame
from toex.intake.pipes import receive, send
from toex.intake.plan import Plan


def main() -> None:
    """Assemble frame after frame until there are no more."""
    gc.disable()  # values and their columns form no circles; looking for some took a tenth of the time
    incoming, outgoing = sys.stdin.buffer, sys.stdout.buffer
    zone, order, pivot = receive(incoming)
    cleaning = Cleaning(zone=zone, order=order, pivot=pivot)
    while (job := receive(incoming)) is not None:
        frame, plan = _typed(job)
        send(outgoing, assemble(frame, plan, cleaning))


def _typed(job: tuple[Frame, Plan]) -> tuple[Frame, Plan]:
    return job


if __name__ == "__main__":
    main()
