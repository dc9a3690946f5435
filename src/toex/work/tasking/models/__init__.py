"""What tasking keeps: requests with their forms and triage, terms of reference with their signatures, immediate risks."""

from toex.work.tasking.models.form import (
    Advice,
    Attachment,
    DataHeld,
    Objective,
    RequestForm,
    RequestSubject,
    SubjectKey,
)
from toex.work.tasking.models.request import Enquiry, Move, RegionAsk, Request, Series, SuitabilityAnswer, TriageSheet
from toex.work.tasking.models.risk import Call, ImmediateRisk
from toex.work.tasking.models.terms import Addition, Milestone, ProductDue, Question, Signature, Terms

__all__ = [
    "Addition",
    "Advice",
    "Attachment",
    "Call",
    "DataHeld",
    "Enquiry",
    "ImmediateRisk",
    "Milestone",
    "Move",
    "Objective",
    "ProductDue",
    "Question",
    "RegionAsk",
    "Request",
    "RequestForm",
    "RequestSubject",
    "Series",
    "Signature",
    "SubjectKey",
    "SuitabilityAnswer",
    "Terms",
    "TriageSheet",
]
