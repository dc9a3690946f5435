"""Which systems the grids of each threat area ask: kept by the senior analyst, version by version."""

from django.http import HttpResponse
from django.urls import path

from toex.reference import load
from toex.web.research.grid_forms import NewTemplate
from toex.web.visits import Visit, page
from toex.work.errors import NotThere
from toex.work.research import actions, queries
from toex.work.staff.policies import MAY


@page
def templates(visit: Visit) -> HttpResponse:
    """List the threat areas with the systems that their grids ask today."""
    areas, systems = load("threat_areas"), load("research_systems")
    held = [
        (area, areas.label(area), [systems.label(s) for s in asked], version)
        for area, (asked, version) in queries.templates_on(visit.at.date()).items()
    ]
    return visit.show("research/templates.html", templates=held, keeps=_keeps(visit))


def _keeps(visit: Visit) -> bool:
    return bool(visit.roles & MAY["keep grid templates"])


@page
def template(visit: Visit, area: str) -> HttpResponse:
    """Show every version of one area's template, and let the senior analyst write the next."""
    today = visit.at.date()
    held = queries.templates_on(today)
    if area not in held:
        raise NotThere("There is no such threat area.")
    form = NewTemplate(visit.sent or None, on=today, initial={"systems": held[area][0]})
    if visit.posted and form.is_valid():
        with visit.attempt(form) as attempt:
            actions.set_template(area=area, by=visit.person, at=visit.at, **form.cleaned_data)
        if attempt.done:
            visit.say("The template is kept; grids that were made before keep their systems.")
            return visit.go("grid_template", area=area)
    systems = load("research_systems")
    versions = [(one, [systems.label(s) for s in one.systems]) for one in queries.template_versions(area)]
    return visit.show(
        "research/template.html", area=load("threat_areas").label(area), versions=versions, form=form, keeps=_keeps(visit),
        asked=[systems.label(s) for s in held[area][0]], status=422 if form.errors else 200,
    )  # fmt: skip


addresses = [
    path("grid-templates", templates, name="grid_templates"),
    path("grid-templates/<slug:area>", template, name="grid_template"),
]
