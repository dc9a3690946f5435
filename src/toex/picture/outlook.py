"""What the analyses say of one view, found once and drawn on by every product."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from toex import analysis
from toex.analysis import AtRisk, Network, Prompt
from toex.picture.request import Request, starting_points
from toex.store import View

Progressed = Callable[[str, float], None]


@dataclass(frozen=True, slots=True)
class Outlook:
    """The candidate network around a request's subjects, other candidate networks, indicators, people for review."""

    points: tuple[str, ...]
    prompts: tuple[Prompt, ...]
    network: Network | None
    others: tuple[Network, ...]
    review: tuple[AtRisk, ...]


def look(view: View, request: Request, *, today: date, progress: Progressed | None = None) -> Outlook:
    """Ask every analysis that a package needs. `today` says who is a child."""
    told = progress or (lambda _stage, _share: None)
    points = starting_points(view, request.subjects)
    told("Analysing", 0.05)
    fabric = analysis.weave(view)
    told("Analysing", 0.3)
    prompts = analysis.prompts(view, today=today)
    told("Analysing", 0.6)
    network = analysis.network_around(view, points, fabric=fabric, prompts=prompts)
    others = analysis.networks_across(view, prompts, fabric=fabric)
    told("Analysing", 0.8)
    review = analysis.people_for_review(view, prompts, today=today, fabric=fabric)
    told("Analysing", 1.0)
    return Outlook(points, prompts, network, others, review)
