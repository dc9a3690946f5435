"""What the records show together: networks, indicators, holdings, timelines, communications and what is new."""

from toex.analysis.beside import Beside, beside
from toex.analysis.bonds import Bonds, bind
from toex.analysis.change import (
    Membership,
    NetworkChange,
    NewRecord,
    memberships,
    network_change,
    new_prompts,
    new_records,
)
from toex.analysis.communications import (
    Before,
    Contact,
    Convoy,
    Stretch,
    Thread,
    contacts,
    convoys,
    hours_of_day,
    last_before,
    stretches,
    threads,
)
from toex.analysis.communities import communities
from toex.analysis.dividing import divide, stands_with
from toex.analysis.facts import Connection, Hint, Network, Node, Prompt
from toex.analysis.graph import Graph, build_graph
from toex.analysis.growth import grow
from toex.analysis.holdings import Held, Holdings, Shared, holdings
from toex.analysis.hubs import find_hubs
from toex.analysis.indicators import Indicator, indicators, prompts
from toex.analysis.measures import Position, hints, measure
from toex.analysis.network import Fabric, connections, links_around, network_around, networks_across, weave
from toex.analysis.nodes import describe, locate
from toex.analysis.occasions import Occasion, occasions, parties, standing_for
from toex.analysis.origins import group_origins
from toex.analysis.paths import Way, ways_between
from toex.analysis.safeguarding import AtRisk, Reason, people_for_review
from toex.analysis.statements import View
from toex.analysis.timeline import Entry, Quiet, crossings, quiet, timeline
from toex.analysis.whereabouts import Spot, whereabouts

__all__ = [
    "AtRisk",
    "Before",
    "Beside",
    "Bonds",
    "Connection",
    "Contact",
    "Convoy",
    "Entry",
    "Fabric",
    "Graph",
    "Held",
    "Hint",
    "Holdings",
    "Indicator",
    "Membership",
    "Network",
    "NetworkChange",
    "NewRecord",
    "Node",
    "Occasion",
    "Position",
    "Prompt",
    "Quiet",
    "Reason",
    "Shared",
    "Spot",
    "Stretch",
    "Thread",
    "View",
    "Way",
    "beside",
    "bind",
    "build_graph",
    "communities",
    "connections",
    "contacts",
    "convoys",
    "crossings",
    "describe",
    "divide",
    "find_hubs",
    "group_origins",
    "grow",
    "hints",
    "holdings",
    "hours_of_day",
    "indicators",
    "last_before",
    "links_around",
    "locate",
    "measure",
    "memberships",
    "network_around",
    "network_change",
    "networks_across",
    "new_prompts",
    "new_records",
    "occasions",
    "parties",
    "people_for_review",
    "prompts",
    "quiet",
    "standing_for",
    "stands_with",
    "stretches",
    "threads",
    "timeline",
    "ways_between",
    "weave",
    "whereabouts",
]
