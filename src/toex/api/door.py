"""The door for programs: every room's resources under one token, one shape of refusal, nothing kept by caches."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI

from toex.api import desk, holdings, jobs, judgements, tasking
from toex.api.callers import Bearer
from toex.api.refusals import add_refusals


class Door(NinjaAPI):
    """An API whose every answer is kept by nobody on the way."""

    def create_response(self, request: HttpRequest, data: Any, **more: Any) -> HttpResponse:
        """Answer, and forbid keeping the answer."""
        response = super().create_response(request, data, **more)
        response["Cache-Control"] = "no-store"
        return response


def make_door() -> NinjaAPI:
    """Make the API; its page of docs stays off, for it is fetched from elsewhere."""
    api = Door(title="toex", version="1", urls_namespace="api-1", auth=Bearer(), docs_url=None, openapi_url=None)
    add_refusals(api)
    api.add_router("", desk.router)
    api.add_router("/tasking", tasking.router)
    api.add_router("/holdings", holdings.router)
    api.add_router("/judgements", judgements.router)
    api.add_router("/jobs", jobs.router)

    @api.get("/openapi.json", auth=None, include_in_schema=False)
    def openapi(request: HttpRequest) -> Any:
        """Describe the door."""
        return api.get_openapi_schema()

    return api


api = make_door()
