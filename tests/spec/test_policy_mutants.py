"""A rule of access that is left out is seen: each mutant of the policy fails at least one check."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from people import START
from toex.pole import Scope, decide
from toex.pole import scope as pole_scope
from toex.work.access import kinds, policies
from toex.work.access.facts import Approval, DatasetFacts, GrantFacts, PersonFacts
from toex.work.errors import WorkError

NOW, HOUR = START + timedelta(hours=1), timedelta(hours=1)
READER = PersonFacts(1, True, frozenset({"analyst"}), frozenset({"kestrel"}))
BOSS, BOSS2 = (PersonFacts(n, True, frozenset({"manager"}), frozenset({"kestrel"})) for n in (8, 9))
DATA = (
    DatasetFacts("open"), DatasetFacts("own", operation="larkmere"), DatasetFacts("other", operation="elsewhere"),
    DatasetFacts("hidden", compartment="kestrel"), DatasetFacts("ended", ended=True),
)  # fmt: skip
GLASS = GrantFacts(
    1, "break_glass", "", START, START + 12 * HOUR, None, 1, START, (Approval(8, START), Approval(9, START)),
    frozenset({1}), "larkmere", None, "scoping", frozenset({"kestrel"}), DATA, 1, frozenset("PC"), 31,
)  # fmt: skip
DISCLOSURE = replace(GLASS, kind="disclosure", operation_closed=START)
RISK = replace(GLASS, kind="immediate_risk", approvals=())
SCOPING = replace(GLASS, kind="scoping", operation="", ends=START + 48 * HOUR)
WAITING = replace(GLASS, approvals=())

# name: (grant, person, moment, may they read?); each refused one is one clause away from an allowed one
READS: Mapping[str, tuple[GrantFacts, PersonFacts, Any, bool]] = {
    "ordinary": (GLASS, READER, NOW, True),
    "before it opens": (GLASS, READER, START - HOUR, False),
    "at its end": (GLASS, READER, START + 12 * HOUR, False),
    "closed": (replace(GLASS, closed=NOW), READER, NOW, False),
    "closed later": (replace(GLASS, closed=NOW + HOUR), READER, NOW, True),
    "too long": (replace(GLASS, ends=START + 25 * HOUR), READER, NOW, False),
    "one approval": (replace(GLASS, approvals=GLASS.approvals[:1]), READER, NOW, False),
    "one approver twice": (replace(GLASS, approvals=GLASS.approvals[:1] * 2), READER, NOW, False),
    "approved by its asker": (replace(GLASS, asked_by=9), READER, NOW, False),
    "approved by a holder": (replace(GLASS, holders=frozenset({1, 9})), READER, NOW, False),
    "approved later": (replace(GLASS, approvals=(GLASS.approvals[0], Approval(9, NOW + HOUR))), READER, NOW, False),
    "out of use": (GLASS, replace(READER, active=False), NOW, False),
    "no role": (GLASS, replace(READER, roles=frozenset({"administrator"})), NOW, False),
    "not a holder": (GLASS, replace(READER, number=2), NOW, False),
    "not a reader": (GLASS, replace(READER, compartments=frozenset()), NOW, False),
    "operation closed": (replace(GLASS, operation_closed=START), READER, NOW, False),
    "unknown kind": (replace(GLASS, kind="all"), READER, NOW, False),
    "nothing opens it": (replace(GLASS, opens=None), READER, NOW, False),
    "disclosure": (DISCLOSURE, READER, NOW, True),
    "disclosure of an open operation": (replace(DISCLOSURE, operation_closed=None), READER, NOW, False),
    "disclosure of nothing": (replace(DISCLOSURE, operation=""), READER, NOW, False),
    "risk not yet reviewed": (RISK, READER, START + 3 * HOUR, True),
    "risk reviewed": (replace(RISK, approvals=GLASS.approvals[:1]), READER, START + 6 * HOUR, True),
    "risk not reviewed in time": (RISK, READER, START + 4 * HOUR, False),
    "scoping": (SCOPING, READER, NOW, True),
    "scoping over": (replace(SCOPING, state="terms_agreed"), READER, NOW, False),
    "operation without one": (replace(GLASS, kind="operation", operation=""), READER, NOW, False),
}  # fmt: skip
SHOWN: Mapping[str, tuple[GrantFacts, frozenset[str], frozenset[str]]] = {
    "a reader's": (GLASS, frozenset({"kestrel"}), frozenset({"open", "own", "open+kestrel", "own+kestrel", "hidden+kestrel"})),
    "another's": (GLASS, frozenset(), frozenset({"open", "own"})),
    "of no operation": (SCOPING, frozenset(), frozenset({"open"})),
    "at a risk": (RISK, frozenset(), frozenset({"open"})),
    "disclosure": (DISCLOSURE, frozenset(), frozenset({"open", "own", "ended"})),
    "unknown kind": (replace(GLASS, kind="all"), frozenset(), frozenset()),
    "marked above": (replace(GLASS, marking=2), frozenset(), frozenset()),
    "unknown handling": (replace(GLASS, handling=frozenset("PX")), frozenset(), frozenset()),
    "C without P": (replace(GLASS, handling=frozenset("C")), frozenset(), frozenset()),
}  # fmt: skip
APPROVES: Mapping[str, tuple[GrantFacts, PersonFacts, Any, bool]] = {
    "another manager": (WAITING, BOSS, NOW, True),
    "its asker": (replace(WAITING, asked_by=8), BOSS, NOW, False),
    "a holder": (replace(WAITING, holders=frozenset({1, 8})), BOSS, NOW, False),
    "the second": (replace(GLASS, approvals=(Approval(8, START),)), BOSS2, NOW, True),
    "the first again": (replace(GLASS, approvals=(Approval(8, START),)), BOSS, NOW, False),
    "a third": (GLASS, replace(BOSS, number=10), NOW, False),
    "no manager": (WAITING, replace(BOSS, roles=frozenset({"administrator"})), NOW, False),
    "out of use": (WAITING, replace(BOSS, active=False), NOW, False),
    "not a reader": (WAITING, replace(BOSS, compartments=frozenset()), NOW, False),
    "too late": (RISK, BOSS, START + 4 * HOUR, False),
    "over": (WAITING, BOSS, START + 12 * HOUR, False),
}
ROW = {"dataset": "open", "compartment": "", "marking": 1, "handling": "P", "subject": 16}
ROWS: Mapping[str, tuple[Mapping[str, Any], bool]] = {
    "ordinary": (ROW, True),
    "hidden": ({**ROW, "compartment": "kestrel"}, False),
    "above": ({**ROW, "marking": 2}, False),
    "C": ({**ROW, "handling": "C"}, False),
    "victim": ({**ROW, "subject": 20}, False),
    "elsewhere": ({**ROW, "dataset": "other"}, False),
    "unknown": ({**ROW, "marking": None}, False),
    "far end": ({**ROW, "other_domain": "other"}, False),
    "near end": ({**ROW, "other_domain": "own"}, True),
}


def allowed(check: Callable[..., Any], *given: Any) -> bool:
    try:
        check(*given)
    except WorkError:
        return False
    return True


def failed() -> set[str]:
    """Every check that does not hold."""
    narrow = replace(GLASS, handling=frozenset("P"), subjects=27)
    wrong = {f"reads: {n}" for n, (g, p, at, told) in READS.items() if policies.may_read(g, p, at) != told}
    wrong |= {f"check: {n}" for n, (g, p, at, told) in READS.items() if allowed(policies.check_read, g, p, at) != told}
    wrong |= {f"shows: {n}" for n, (g, c, told) in SHOWN.items() if policies.scope_of(g, c).domains != told}
    wrong |= {
        f"approves: {n}"
        for n, (g, p, at, told) in APPROVES.items()
        if allowed(policies.check_approve, g, p, at) != told
    }
    scope = policies.scope_of(narrow, frozenset())
    wrong |= {f"row: {n}" for n, (row, told) in ROWS.items() if policies_decide(scope, row) != told}
    return wrong


def policies_decide(scope: Scope, row: Mapping[str, Any]) -> bool:
    return decide(scope, row)


def test_the_policy_passes_every_check() -> None:
    assert failed() == set()
    assert len(READS) * 2 + len(SHOWN) + len(APPROVES) + len(ROWS) >= 80


Patch = pytest.MonkeyPatch
_live, _approved, _hangs, _scope, _domains, _within = (
    policies.is_live, policies.is_approved, policies.hangs_well, policies.scope_of, policies.domains_of, policies.is_within,
)  # fmt: skip
_may, _approve, _kind = policies.may_read, policies.check_approve, kinds.kind_of


def _swap(name: str, new: Callable[..., Any]) -> Callable[[Patch], None]:
    return lambda patch: patch.setattr(policies, name, new)


def _facts(name: str, **blind: Callable[[GrantFacts], Any]) -> Callable[[Patch], None]:
    """Judge a grant as if some facts were others: the clause that reads them has no effect."""
    own = getattr(policies, name)

    def judged(facts: GrantFacts, *rest: Any) -> Any:
        return own(replace(facts, **{field: of(facts) for field, of in blind.items()}), *rest)

    return _swap(name, judged)


def _person(name: str, **blind: Any) -> Callable[[Patch], None]:
    own = getattr(policies, name)
    return _swap(name, lambda facts, person, at: own(facts, replace(person, **blind), at))


def _of_kind(**blind: Any) -> Callable[[Patch], None]:
    def known(code: str, duty: str = "") -> Any:
        kind = _kind(code, duty)
        return kind and replace(kind, **blind)

    return _swap("kind_of", known)


def _same(facts: GrantFacts) -> Any:
    return None


MUTANTS: Mapping[str, Callable[[Patch], None]] = {
    "every grant is live": _swap("is_live", lambda facts, at: True),
    "the opening is not looked at": _facts(
        "is_live",
        opens=lambda f: f.opens and min(f.opens, START - 9 * HOUR),
        ends=lambda f: f.ends and f.ends - 9 * HOUR,
    ),
    "the end is not looked at": _swap("is_live", lambda f, at: _live(f, min(at, f.ends - HOUR / 9) if f.ends else at)),
    "closing is not looked at": _facts("is_live", closed=_same),
    "the longest time is not looked at": _of_kind(longest=None),
    "no approval is needed": _swap("is_approved", lambda facts, kind, at: True),
    "one approval is enough": _of_kind(approvals=1),
    "approvals of the asker count": _swap("is_approved", lambda f, k, at: _approved(replace(f, asked_by=0), k, at)),
    "approvals of holders count": _swap(
        "is_approved", lambda f, k, at: _approved(replace(f, holders=frozenset()), k, at)
    ),
    "approvals still to come count": _swap("is_approved", lambda f, k, at: _approved(f, k, at + 9 * HOUR)),
    "an unreviewed risk stays open": _of_kind(review=timedelta(days=9)),
    "the operation's state is not looked at": _swap("hangs_well", lambda facts, kind, at: True),
    "a closed operation is open": _swap(
        "hangs_well", lambda f, k, at: _hangs(replace(f, operation_closed=None), k, at)
    ),
    "the request's state is not looked at": _of_kind(states=frozenset()),
    "people out of use read": _person("may_read", active=True),
    "any role reads": _person("may_read", roles=frozenset({"analyst"})),
    "anybody holds every grant": _swap(
        "may_read", lambda f, p, at: _may(replace(f, holders=f.holders | ({p.number} - {8, 9})), p, at)
    ),
    "a grant's compartment is not looked at": _facts("may_read", compartments=lambda f: frozenset()),
    "everybody reads every compartment": _swap("scope_of", lambda f, c: _scope(f, frozenset({"kestrel"}))),
    "a hidden dataset lies in its plain domain": _swap(
        "domains_of",
        lambda f, k, c: _domains(replace(f, datasets=tuple(replace(d, compartment="") for d in f.datasets)), k, c),
    ),
    "bound data serves every operation": _swap("is_within", lambda d, f, k: _within(replace(d, operation=""), f, k)),
    "ended data is shown": _swap("is_within", lambda d, f, k: _within(replace(d, ended=False), f, k)),
    "bound data is standing": _of_kind(reads="named"),
    "readers see no compartment": _swap("scope_of", lambda f, c: _scope(f, frozenset())),
    "an unknown marking is let through": _swap("_HIGHEST_MARKING", 9),  # type: ignore[arg-type]
    "an unknown handling code is let through": _swap("_CODES", frozenset("PCX")),  # type: ignore[arg-type]
    "the scope forgets handling": _swap("scope_of", lambda f, c: replace(_scope(f, c), handling=frozenset("PC"))),
    "the scope forgets subjects": _swap("scope_of", lambda f, c: replace(_scope(f, c), subjects=31)),
    "the scope forgets domains": _swap("scope_of", lambda f, c: replace(_scope(f, c), domains=None)),
    "the scope forgets marking": _swap("scope_of", lambda f, c: replace(_scope(f, c), marking=127)),
    "askers approve": _facts("check_approve", asked_by=lambda f: 0),
    "holders approve": _facts("check_approve", holders=lambda f: frozenset()),
    "one person approves twice": _facts(
        "check_approve", approvals=lambda f: tuple(replace(a, by=0) for a in f.approvals)
    ),
    "anybody approves": _person("check_approve", roles=frozenset({"manager"})),
    "approval opens to who does not read the compartment": _swap("check_known", lambda facts, person: None),
    "the far end is not looked at": lambda patch: patch.setattr(
        pole_scope, "in_domains", lambda scope, *d: scope.domains is None or d[0] in scope.domains
    ),
    "refusals are not raised": _swap("check_read", lambda facts, person, at: _kind(facts.kind, facts.duty)),
}


@pytest.mark.parametrize("mutant", MUTANTS)
def test_a_rule_of_the_policy_that_is_left_out_is_seen(mutant: str, monkeypatch: pytest.MonkeyPatch) -> None:
    MUTANTS[mutant](monkeypatch)
    assert failed()
