"""Files as they are sent: made by us in the style of each kind of system, with what must be found in them."""

from corpus.charts import CHARTS
from corpus.communications import COMMUNICATIONS
from corpus.documents import DOCUMENTS
from corpus.lists import LISTS
from corpus.money import MONEY
from corpus.policing import POLICING
from corpus.sent import Sent

FILES: tuple[Sent, ...] = (*LISTS, *COMMUNICATIONS, *POLICING, *MONEY, *DOCUMENTS, *CHARTS)

__all__ = ["FILES", "Sent"]
