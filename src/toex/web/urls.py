"""Which address leads to which page. What lies under a grant lies under /desk/<grant>/; no address names anybody."""

from django.urls import URLPattern, URLResolver, include, path

from toex.web.access import grants, looking
from toex.web.audit import log
from toex.web.desk import my_work, overview
from toex.web.exchange import coming, own, owners
from toex.web.holdings import datasets
from toex.web.jobs import progress
from toex.web.judgements import review
from toex.web.operations import adopted
from toex.web.products import packages, templates
from toex.web.research import (
    charts,
    grid_cells,
    grid_templates,
    grids,
    records,
    report_sent,
    reports,
    search,
    subjects,
    texts,
    threads,
)
from toex.web.staff import coming_in, people
from toex.web.tasking import requests

_UNDER_A_GRANT = [
    *overview.desk_addresses, *search.addresses, *texts.addresses, *grids.addresses, *grid_cells.addresses, *charts.addresses,
    *subjects.addresses, *records.addresses, *threads.addresses, *review.addresses, *reports.addresses,
    *report_sent.addresses, *packages.addresses, *looking.desk_addresses,
    *log.desk_addresses, *datasets.desk_addresses, *coming.desk_addresses, *owners.desk_addresses,
]  # fmt: skip
urlpatterns: list[URLPattern | URLResolver] = [
    *my_work.addresses, *coming_in.addresses, *requests.addresses, *adopted.addresses, *datasets.addresses,
    *grants.addresses, *progress.addresses, *people.addresses, *log.addresses, *grid_templates.addresses,
    *own.addresses, *templates.addresses,
    path("desk/<int:grant>/", include((_UNDER_A_GRANT, "desk"))),
]  # fmt: skip
