"""The description of the hub's routes: the file for readers, and requests drawn from it by schemathesis."""

import json
from collections.abc import Iterator
from urllib.parse import urlencode

import psycopg
import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, settings
from schemathesis import Case
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from desk.hub import described
from desk.hub.main import create_app
from desk.wire import routes
from tests.house import ROOT
from tests.hub.desks import Desk, enrolled
from tests.hub.in_process import running
from tools import openapi

SPEC = create_app("", 1).openapi()
CHECKS = (
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
)
COUNTS = (
    "SELECT (SELECT count(*) FROM revision), (SELECT count(*) FROM quarantine), (SELECT count(*) FROM device)"
)

schema = schemathesis.openapi.from_dict(SPEC)
drawn = settings(
    max_examples=20,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture
def desk(database: str) -> Iterator[Desk]:
    with running(create_app(database, 4)) as client:
        yield enrolled(database, client)


def test_the_file_says_what_the_application_says() -> None:
    there = (ROOT / "docs" / "openapi.json").read_text(encoding="utf-8")
    assert there == openapi.described(), "docs/openapi.json is of another version: run `make openapi`"


def test_every_route_of_the_wire_is_described() -> None:
    for path in SPEC["paths"]:
        if path not in {routes.HEALTHZ, routes.READYZ}:
            assert set(described.of(path)["responses"]) > {"200", "400", "401", "403"}


@pytest.mark.proof
@schema.parametrize()
@drawn
def test_nobody_gets_in_by_any_request_of_the_description(case: Case, desk: Desk, database: str) -> None:
    with psycopg.connect(database) as connection:
        before = connection.execute(COUNTS).fetchall()
    asked = f"{case.formatted_path}?{urlencode(case.query or {}, doseq=True)}"
    said = {name: str(value) for name, value in (case.headers or {}).items() if str(value).isascii()}
    answer = desk.client.request(case.method, asked, content=_body(case), headers=said)
    case.validate_response(answer, checks=CHECKS)
    with psycopg.connect(database) as connection:
        assert connection.execute(COUNTS).fetchall() == before


@pytest.mark.proof
@schema.parametrize()
@drawn
def test_a_known_desk_is_answered_as_described(case: Case, desk: Desk) -> None:
    """The same requests, signed as they are: what is behind the door answers."""
    query, body = urlencode(case.query or {}, doseq=True), _body(case)
    desk.counter = type(desk.counter)(desk.counter.session, desk.counter.n + 1)
    headers = desk.headers(case.method, case.formatted_path, query, body)
    # The description is of the JSON; that it may travel under zstd is another test's matter.
    headers |= {"Content-Encoding": "identity", "Accept-Encoding": "identity"}
    asked = f"{case.formatted_path}?{query}" if query else case.formatted_path
    case.validate_response(
        desk.client.request(case.method, asked, content=body, headers=headers), checks=CHECKS
    )


def _body(case: Case) -> bytes:
    return json.dumps(case.body).encode() if isinstance(case.body, dict | list) else b""
