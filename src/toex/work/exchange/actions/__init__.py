"""What is done in exchange, each act in plain verbs."""

from toex.work.exchange.actions.erasing import let_go
from toex.work.exchange.actions.receiving import receive
from toex.work.exchange.actions.returning import return_lists
from toex.work.exchange.actions.sending import send, send_correction
from toex.work.exchange.actions.trusting import end_trust, name_installation, trust

__all__ = ["end_trust", "let_go", "name_installation", "receive", "return_lists", "send", "send_correction", "trust"]
