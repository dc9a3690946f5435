"""The road: load, conflate, draw, package; called by the doors, whatever they are."""

from toex.picture import chain, charting
from toex.picture.bench import BANNER, Bench, open_bench
from toex.picture.cast import NO_NAME, is_child
from toex.picture.changed import Changed, changed
from toex.picture.concerns import Concern, Concerns, concerns
from toex.picture.conflating import Conflated, conflate, overlay_folder, weights_of
from toex.picture.demo import Demo, Week, demo, earlier
from toex.picture.doctor import Check, examine
from toex.picture.drafting import Before, Drawn, draft
from toex.picture.errors import NotABench, PictureError, UnknownDelivery, UnknownSubject
from toex.picture.evaluating import Evaluated, evaluate
from toex.picture.exporting import EXPORTS, export, export_entities
from toex.picture.hushing import Hush, hush_of
from toex.picture.loading import Loaded, Progressed, index, load, load_folder
from toex.picture.log import Act
from toex.picture.lookup import Shown, find, find_texts, show, wash, write_grid
from toex.picture.naming import Named, named
from toex.picture.notes import NOTE, Noted, read_note
from toex.picture.outworn import outworn_weights
from toex.picture.owners import Conflict, Duplicate, OwnRow, conflicts_of, duplicates_of
from toex.picture.packaging import Package, package, profile
from toex.picture.phrases import tidy
from toex.picture.previewing import Preview, preview
from toex.picture.profiling import profile_of
from toex.picture.prompting import NamedText, Prompt, named_text
from toex.picture.record_page import RecordPage, record_page, supplier_name
from toex.picture.request import Known, Request, read_request
from toex.picture.restating import Restated, restated
from toex.picture.ruling import Explained, explain, judge
from toex.picture.sealing import Sealed, sealed_copies, source_of
from toex.picture.seat import Seat
from toex.picture.side_by_side import Piece, Row, marked, side_by_side
from toex.picture.sources import source_rows
from toex.picture.standing import OpenJoin, Parted, Standing, standing
from toex.picture.stated import Category, Fact, Stated
from toex.picture.subject_page import Linked, SubjectPage, page_in, subject_page
from toex.picture.tallying import Tally, tally
from toex.picture.things import Address, address_of, addresses, read_thing
from toex.picture.threads import Conversation, Thread, thread, thread_in, threads_of
from toex.picture.unnaming import hush_in, unnamed
from toex.picture.why_joined import Bar, Waterfall, WhyJoined, pair_told, waterfall, why_joined

__all__ = [
    "BANNER",
    "EXPORTS",
    "NOTE",
    "NO_NAME",
    "Act",
    "Address",
    "Bar",
    "Before",
    "Bench",
    "Category",
    "Changed",
    "Check",
    "Concern",
    "Concerns",
    "Conflated",
    "Conflict",
    "Conversation",
    "Demo",
    "Drawn",
    "Duplicate",
    "Evaluated",
    "Explained",
    "Fact",
    "Hush",
    "Known",
    "Linked",
    "Loaded",
    "Named",
    "NamedText",
    "NotABench",
    "Noted",
    "OpenJoin",
    "OwnRow",
    "Package",
    "Parted",
    "PictureError",
    "Piece",
    "Preview",
    "Progressed",
    "Prompt",
    "RecordPage",
    "Request",
    "Restated",
    "Row",
    "Sealed",
    "Seat",
    "Shown",
    "Standing",
    "Stated",
    "SubjectPage",
    "Tally",
    "Thread",
    "UnknownDelivery",
    "UnknownSubject",
    "Waterfall",
    "Week",
    "WhyJoined",
    "address_of",
    "addresses",
    "chain",
    "changed",
    "charting",
    "concerns",
    "conflate",
    "conflicts_of",
    "demo",
    "draft",
    "duplicates_of",
    "earlier",
    "evaluate",
    "examine",
    "explain",
    "export",
    "export_entities",
    "find",
    "find_texts",
    "hush_in",
    "hush_of",
    "index",
    "is_child",
    "judge",
    "load",
    "load_folder",
    "marked",
    "named",
    "named_text",
    "open_bench",
    "outworn_weights",
    "overlay_folder",
    "package",
    "page_in",
    "pair_told",
    "preview",
    "profile",
    "profile_of",
    "read_note",
    "read_request",
    "read_thing",
    "record_page",
    "restated",
    "sealed_copies",
    "show",
    "side_by_side",
    "source_of",
    "source_rows",
    "standing",
    "subject_page",
    "supplier_name",
    "tally",
    "thread",
    "thread_in",
    "threads_of",
    "tidy",
    "unnamed",
    "wash",
    "waterfall",
    "weights_of",
    "why_joined",
    "write_grid",
]
