"""The whole API, tried from its own description with values good and bad."""

from __future__ import annotations

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from schemathesis.checks import not_a_server_error
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from conflict.api.routes import api
from conflict.wsgi import application

pytestmark = pytest.mark.django_db

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
PATHS = sorted(api.get_openapi_schema()["paths"])
# What the ledger of the demo has, so that not every address and filter that is tried leads nowhere.
KNOWN = {
    "category": ["tanks", "personnel"],
    "date": ["2024-11-19", "2022-02-25"],
    "number": ["1", "2"],
}


@pytest.fixture(autouse=True, scope="module")
def connection_stays_open():
    """Keep the connection that holds the demo, as Django's own test client does: a server ends it now and then."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture(scope="module")
def schema():
    return schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application, headers={"Host": "localhost"})


@pytest.mark.sweep
@pytest.mark.parametrize("path", PATHS)
@seed(20241119)
@settings(
    max_examples=25,
    deadline=None,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)
@given(data=st.data())
def test_an_address_answers_as_it_is_described(demo, schema, path, data):
    operation = schema[path]["GET"]
    mode = data.draw(st.sampled_from([GenerationMode.POSITIVE, GenerationMode.POSITIVE, GenerationMode.NEGATIVE]))
    case = data.draw(operation.as_strategy(generation_mode=mode))
    for name in case.path_parameters or {}:
        if data.draw(st.integers(0, 3)):
            case.path_parameters[name] = data.draw(st.sampled_from(KNOWN[name]))
    response = case.call(headers={"Host": "localhost", "Accept-Encoding": "identity"})
    case.validate_response(response, checks=CHECKS)
