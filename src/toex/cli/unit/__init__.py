"""The commands of a unit home: who works in it, what is held, what is asked for, who may read, and the log."""

from pathlib import Path
from typing import Any

from toex.cli.later import Create, Demonstrate, Later, Serve


def add(commands: Any) -> None:
    """Teach the parser these commands; what they do is imported when one of them is run."""
    _home(commands)
    _people(commands)
    _jobs(commands)
    _grants(commands)
    _work(commands)
    _exchange(commands)


def _home(commands: Any) -> None:
    make = commands.add_parser("unit", help="make a unit home: people, grants and a log instead of one bench's user")
    make.add_argument("name", help="what the unit is called, as 'Yorkshire and the Humber TOEX'")
    make.add_argument("--organisation", required=True, metavar="CODE", help="its region, as YHROCU")
    make.add_argument("--admin", action="append", required=True, metavar="LOG-IN", help="an administrator; name two")
    make.add_argument("--database", default="", metavar="ADDRESS", help="postgresql://…; without it SQLite in the home")
    make.set_defaults(act=Create())
    show = commands.add_parser(
        "unit-demo", help="make a unit home with fictional people who take a request to a permitted picture"
    )
    show.add_argument("files", help="the folder of a fictional world (toex synth, or the demo's files)")
    show.set_defaults(act=Demonstrate())


def _jobs(commands: Any) -> None:
    serve = commands.add_parser("serve", help="serve a unit's workbench, its pages and its API, on this machine")
    serve.add_argument(
        "--address", default="127.0.0.1:8000", help="where to listen; put a proxy with TLS before any other"
    )
    serve.add_argument("--no-worker", dest="worker", action="store_false", help="where workers run elsewhere")
    serve.set_defaults(act=Serve())
    work = commands.add_parser("worker", help="carry out background work")
    work.add_argument("--once", action="store_true", help="stop when nothing waits")
    work.set_defaults(act=Later("jobs", "work"))
    of = _group(commands, "jobs", "background work of one's own")
    _add(of, "list", "each with its state and progress", Later("jobs", "list_jobs"))
    for verb, told in (("cancel", "stop one"), ("retry", "queue a failed one again")):
        _add(of, verb, told, Later("jobs", verb)).add_argument("job", type=int)


def _work(commands: Any) -> None:
    of = _group(commands, "requests", "what forces ask for")
    listed = _add(of, "list", "the requests that one may know of", Later("requests", "list_requests"))
    listed.add_argument("--queue", action="store_true", help="what waits at one's gateway or desk")
    _add(of, "show", "where one stands", Later("requests", "show_request")).add_argument("reference")
    of = _group(commands, "operations", "the adopted work")
    _add(of, "list", "the operations that one may know of", Later("requests", "list_operations"))
    close = _add(of, "close", "close one, with its grants and overlay", Later("requests", "close"))
    close.add_argument("reference")
    close.add_argument("--reason", required=True)
    of = _group(commands, "lists", "the field's code lists as the unit keeps them")
    show = _add(of, "show", "one list, with days and sources", Later("lists", "show"))
    change = _add(of, "set", "let a code mean something from a day on", Later("lists", "change"))
    end = _add(of, "end", "end a code", Later("lists", "end"))
    for command in (show, change, end):
        command.add_argument("name")
    for command in (change, end):
        command.add_argument("code")
    change.add_argument("--label", required=True)
    change.add_argument("--source", default="")
    change.add_argument("--since", default="", help="as 2026-10-01; today if it is left out")
    end.add_argument("--on", default="", help="as 2026-10-01; today if it is left out")
    of = _group(commands, "datasets", "what is held, and on what basis")
    _add(of, "list", "the registered datasets", Later("datasets", "list_datasets"))
    _add(of, "register", "register one as a TOML file says", Later("datasets", "add")).add_argument("file", type=Path)


def _grants(commands: Any) -> None:
    of = _group(commands, "grants", "what may be read, by whom, for which work")
    _add(of, "list", "what one may read under today, and what waits for one's approval", Later("grants", "list_grants"))
    ask = _add(of, "ask", "ask for a grant", Later("grants", "ask"))
    ask.add_argument("kind", help="duty, scoping, immediate_risk, disclosure, strategic or break_glass")
    ask.add_argument("--duty", default="", help="loading, conflation, match_review, triage, retention, audit, on_call")
    ask.add_argument("--purpose", required=True)
    ask.add_argument("--person", action="append", required=True, metavar="LOG-IN", help="who is to read")
    ask.add_argument("--dataset", action="append", default=[])
    ask.add_argument("--days", type=int, default=14)
    ask.add_argument("--operation", default="", help="the operation that it is for")
    ask.add_argument("--request", default="", help="the request that it is for")
    approve = _add(of, "approve", "approve one that another asked for", Later("grants", "approve"))
    close = _add(of, "close", "close one: nobody reads under it from this moment", Later("grants", "close"))
    close.add_argument("--reason", required=True)
    token = _add(of, "token", "make a token for the API, shown once", Later("grants", "token"))
    token.add_argument("--label", required=True)
    token.add_argument("--days", type=int, default=7)
    for command in (approve, close, token):
        command.add_argument("number", type=int)


def _exchange(commands: Any) -> None:
    of = _group(commands, "exchange", "signed products between installations: this one's key, and whom it trusts")
    _add(of, "show", "this installation's card and its key's fingerprint", Later("exchange", "show"))
    _add(of, "name", "say whose installation this is", Later("exchange", "name")).add_argument("code", metavar="CODE")
    trust = _add(of, "trust", "open bundles of another installation", Later("exchange", "trust"))
    trust.add_argument("code", metavar="CODE", help="whose installation it is")
    trust.add_argument("card", type=Path, help="its card, as `toex exchange show` prints it there")
    trust.add_argument("--fingerprint", required=True, help="as somebody there reads it out")
    trust.add_argument("--with", dest="checked_with", required=True, help="who read it out")
    trust.add_argument("--how", required=True, help="as 'by telephone'")
    _add(of, "senders", "whose bundles are opened", Later("exchange", "senders"))
    end = _add(of, "end", "open no bundle of a sender any more", Later("exchange", "end"))
    end.add_argument("number", type=int)
    end.add_argument("--reason", required=True)
    send = commands.add_parser(
        "send-bundle", help="write the signed bundle of a disseminated product for an organisation"
    )
    send.add_argument("reference", help="as PRD/2026/0001")
    send.add_argument("--to", required=True, metavar="CODE", help="the organisation whose people were given it")
    send.add_argument("--version", type=int, default=0, help="without it the newest")
    send.add_argument("--out", type=Path, help="the folder to write it to; without it beside the home")
    send.set_defaults(act=Later("exchange", "send_bundle"))
    receive = commands.add_parser("receive-bundle", help="check a bundle of another installation and receive it")
    receive.add_argument("file", type=Path)
    receive.add_argument("--dataset", required=True, help="registered for what that sender gives")
    receive.set_defaults(act=Later("exchange", "receive_bundle"))


def _people(commands: Any) -> None:
    of = _group(commands, "people", "who works in a unit home, in which role")
    _add(of, "list", "everybody, with roles and hours", Later("people", "list_people"))
    _add(of, "organisations", "forces, regions and agencies by code", Later("people", "list_organisations"))
    new = _add(of, "enrol", "give somebody an account", Later("people", "enrol"))
    new.add_argument("username")
    new.add_argument("--name", required=True)
    new.add_argument("--rank", default="")
    new.add_argument("--home", dest="home_code", required=True, metavar="CODE")
    role = _add(of, "role", "give somebody a role", Later("people", "give_role"))
    role.add_argument("--at", required=True, metavar="CODE", help="the organisation")
    end = _add(of, "end-role", "end a role now", Later("people", "end_role"))
    for command in (role, end):
        command.add_argument("username")
        command.add_argument("role")
    _add(of, "retire", "close an account", Later("people", "retire")).add_argument("username")


def _group(commands: Any, name: str, told: str) -> Any:
    return commands.add_parser(name, help=told).add_subparsers(dest="verb", required=True, metavar="VERB")


def _add(group: Any, name: str, told: str, act: Later) -> Any:
    made = group.add_parser(name, help=told)
    made.set_defaults(act=act)
    return made
