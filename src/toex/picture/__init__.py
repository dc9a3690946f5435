"""The road: load, conflate, draw, package; called by the doors, whatever they are."""

from toex.picture import chain
from toex.picture.bench import BANNER, Bench, open_bench
from toex.picture.conflating import Conflated, conflate, overlay_folder, weights_of
from toex.picture.demo import Demo, Week, demo, earlier
from toex.picture.doctor import Check, examine
from toex.picture.drafting import Before, Drawn, draft
from toex.picture.errors import NotABench, PictureError, UnknownDelivery, UnknownSubject
from toex.picture.evaluating import Evaluated, evaluate
from toex.picture.exporting import EXPORTS, export, export_entities
from toex.picture.loading import Loaded, Progressed, load, load_folder
from toex.picture.log import Act
from toex.picture.lookup import Shown, find, show, wash, write_grid
from toex.picture.notes import NOTE, Noted, read_note
from toex.picture.outworn import outworn_weights
from toex.picture.packaging import Package, package, profile
from toex.picture.previewing import Preview, preview
from toex.picture.profiling import profile_of
from toex.picture.request import Known, Request, read_request
from toex.picture.ruling import Explained, explain, judge
from toex.picture.sealing import Sealed, sealed_copies, source_of
from toex.picture.seat import Seat
from toex.picture.standing import OpenJoin, Parted, Standing, standing

__all__ = [
    "BANNER",
    "EXPORTS",
    "NOTE",
    "Act",
    "Before",
    "Bench",
    "Check",
    "Conflated",
    "Demo",
    "Drawn",
    "Evaluated",
    "Explained",
    "Known",
    "Loaded",
    "NotABench",
    "Noted",
    "OpenJoin",
    "Package",
    "Parted",
    "PictureError",
    "Preview",
    "Progressed",
    "Request",
    "Sealed",
    "Seat",
    "Shown",
    "Standing",
    "UnknownDelivery",
    "UnknownSubject",
    "Week",
    "chain",
    "conflate",
    "demo",
    "draft",
    "earlier",
    "evaluate",
    "examine",
    "explain",
    "export",
    "export_entities",
    "find",
    "judge",
    "load",
    "load_folder",
    "open_bench",
    "outworn_weights",
    "overlay_folder",
    "package",
    "preview",
    "profile",
    "profile_of",
    "read_note",
    "read_request",
    "sealed_copies",
    "show",
    "source_of",
    "standing",
    "wash",
    "weights_of",
    "write_grid",
]
