"""What is done in tasking, each act in plain verbs; `states.TABLE` says from where and by whom."""

from toex.work.tasking.actions.considering import accept, answer_region, ask_region, close, decline, develop, weigh
from toex.work.tasking.actions.drafting import (
    advise, answer_enquiry, ask_advice, attach, begin_draft, begin_own, enquire, refer, save_draft, set_out, submit,
    withdraw,
)  # fmt: skip
from toex.work.tasking.actions.risks import accept_risk, hand_over, note_call, raise_risk, review
from toex.work.tasking.actions.signing import add_colleague, add_dataset, sign, sign_by_proxy
from toex.work.tasking.actions.terms import add_objective, amend_terms, draft_terms, vary
from toex.work.tasking.actions.triage import (
    begin_triage, check, likely_duplicates, pass_on, redirect, reject, return_to_asker,
)  # fmt: skip

__all__ = [
    "accept",
    "accept_risk",
    "add_colleague",
    "add_dataset",
    "add_objective",
    "advise",
    "amend_terms",
    "answer_enquiry",
    "answer_region",
    "ask_advice",
    "ask_region",
    "attach",
    "begin_draft",
    "begin_own",
    "begin_triage",
    "check",
    "close",
    "decline",
    "develop",
    "draft_terms",
    "enquire",
    "hand_over",
    "likely_duplicates",
    "note_call",
    "pass_on",
    "raise_risk",
    "redirect",
    "refer",
    "reject",
    "return_to_asker",
    "review",
    "save_draft",
    "set_out",
    "sign",
    "sign_by_proxy",
    "submit",
    "vary",
    "weigh",
    "withdraw",
]
