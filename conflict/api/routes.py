"""Every address of the API, and its description as OpenAPI 3.1."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import Throttled
from ninja.openapi.schema import OpenAPISchema
from ninja.renderers import JSONRenderer

from conflict.api import articles, changes, compat, events, figures, findings, readings, reference, searching
from conflict.api.describing import IN_ADDRESS
from conflict.api.limits import RequestsPerMinute
from conflict.api.problems import MEDIA_TYPE, TOO_MANY, Refusal, problem

DESCRIPTION = (
    "A war’s reported losses and events, every figure traced to its document. Read-only, for everyone, without a "
    "key. null is “not stated” or “not known”, never 0. A figure of one belligerent about the other is a claim."
)


class Renderer(JSONRenderer):
    """JSON with its letters as they are."""

    json_dumps_params = {"ensure_ascii": False, "allow_nan": False}


class LedgerAPI(NinjaAPI):
    """An API whose errors are problems, also in its description."""

    def get_openapi_schema(self, **options: Any) -> OpenAPISchema:
        """Return the description; every answer from 400 on is of the media type of a problem."""
        schema = super().get_openapi_schema(**options)
        for operations in schema["paths"].values():
            for operation in operations.values():
                for parameter in operation["parameters"]:
                    if parameter["in"] == "path":
                        parameter["description"] = str(IN_ADDRESS[parameter["name"]])
                for status, response in operation["responses"].items():
                    content = response.get("content", {})
                    if int(status) >= 400 and "application/json" in content:
                        content[MEDIA_TYPE] = content.pop("application/json")
        return schema

    def get_openapi_operation_id(self, operation: Any) -> str:
        return str(operation.view_func.__name__)


api = LedgerAPI(
    title="Conflict Ledger",
    version="1",
    description=DESCRIPTION,
    docs_url=None,
    urls_namespace="api",
    renderer=Renderer(),
    throttle=[RequestsPerMinute()],
)

for room in (figures, readings, changes, reference, events, articles, findings, searching, compat):
    api.add_router("", room.router)


@api.exception_handler(Refusal)
def refused(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    return problem(request, refusal)


@api.exception_handler(Throttled)
def throttled(request: HttpRequest, throttled: Throttled) -> HttpResponse:
    return problem(request, Refusal(TOO_MANY, str(TOO_MANY.meaning)), retry_after=throttled.wait)
