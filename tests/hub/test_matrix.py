"""Who may ask what: every route of the application × every role × own, foreign and no scope (sync.md 3, 22).

The rows come from the application's own description. A route that has no line here fails.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

import psycopg
import pytest
from httpx import Response

from desk import ids
from desk.hub import admin, enrolment, register
from desk.hub.main import create_app
from desk.wire import frame, routes, signing, troubles
from desk.wire.enrolling import COUNTYS, ROLES, Enrol
from desk.wire.greeting import Hello, HelloAsk
from desk.wire.messages import Push, Pushed
from desk.wire.op import Op
from desk.wire.rotating import Rotate
from tests.hub.desks import Desk, enrolled
from tests.hub.hub_ops import SCOPE, op
from tests.hub.in_process import InProcess, running

FOREIGN, NONE = SCOPE[:-1] + "8", SCOPE[:-1] + "9"
SECRET = "邻县的话"

Ask = Callable[[Desk, str, str], Response]
ALL = frozenset(ROLES)


@dataclass(frozen=True)
class Line:
    """How a route is asked of a scope in an epoch; by whom it may be; whether it names a scope at all."""

    ask: Ask
    roles: frozenset[str] = ALL
    scoped: bool = True


def _push(desk: Desk, scope: str, epoch: str) -> Response:
    made = op(f"o-{desk.device}", rec=f"r-{desk.device}", scope=scope)
    return desk.post(routes.PUSH, desk.push_of(made, epoch=epoch, scope=scope))


def _of(route: str) -> Ask:
    return lambda desk, scope, _epoch: desk.get(routes.of_scope(route, scope))


def _hello(desk: Desk, _scope: str, _epoch: str) -> Response:
    return desk.hello(HelloAsk(desk.incarnation, desk.counter.session, f"n{desk.counter.session}"))


def _revisions(desk: Desk, scope: str, _epoch: str) -> Response:
    return desk.get(routes.of_record(routes.REVISIONS, "r-foreign"), scope=scope)


def _rotate(desk: Desk, _scope: str, _epoch: str) -> Response:
    fresh = ids.random_bytes(signing.KEY_LENGTH)
    route = routes.of_device(routes.ROTATE, desk.device)
    answer = desk.post(route, Rotate.to(desk.device, fresh).encode())
    if answer.status_code == 200:
        desk.key = fresh
    return answer


GUARDED = {
    ("get", routes.HELLO): Line(_hello, scoped=False),
    ("post", routes.PUSH): Line(_push, frozenset({"station", "county"})),
    ("post", routes.PULL): Line(lambda desk, scope, epoch: desk.pull(epoch, 0, scope)),
    ("get", routes.SNAPSHOT): Line(_of(routes.SNAPSHOT)),
    ("get", routes.DIGEST): Line(_of(routes.DIGEST)),
    ("get", routes.REVISIONS): Line(_revisions),
    ("post", routes.ROTATE): Line(_rotate, scoped=False),
}
OPEN = {("post", routes.ENROLL), ("get", routes.TIME), ("get", routes.HEALTHZ), ("get", routes.READYZ)}
"""What is asked before anybody is known: by a code and a key, for the signed time, for the operator."""


def described() -> set[tuple[str, str]]:
    """Return every route of the application."""
    paths = create_app("", 1).openapi()["paths"]
    return {(verb, path) for path, verbs in paths.items() for verb in verbs}


def test_every_route_has_its_line() -> None:
    assert described() == {*GUARDED, *OPEN}


@pytest.fixture
def client(database: str) -> Iterator[InProcess]:
    """Start the hub, with a station of another county that has something to hide."""
    with psycopg.connect(database) as connection:
        county = register.add_county(connection, "邻县")
        station = register.add_station(connection, county, "邻站", scope=FOREIGN)
        code = enrolment.new_code(connection, station=station).code.replace("-", "")
    with running(create_app(database, 4)) as made:
        pc = Desk(made, "foreign-pc")
        raw = frame.pack(Enrol(code, pc.device, signing.public_of(pc.key), FOREIGN).encode())
        answer = made.post(routes.ENROLL, content=raw, headers=pc.headers("POST", routes.ENROLL, "", raw))
        assert answer.status_code == 200
        pc.hello(HelloAsk("i1", 0, "n"))
        ops = [
            op("f1", rec="r-foreign", scope=FOREIGN, set={"subject": SECRET}),
            op("f2", "patch", rec="r-foreign", scope=FOREIGN, set={"subject": "乙"}, base={"subject": "f1"}),
            op("f3", "patch", rec="r-foreign", scope=FOREIGN, set={"subject": "丙"}, base={"subject": "f1"}),
        ]
        epoch = epoch_of(database, FOREIGN)
        raw = pc.push_of(*ops, epoch=epoch, scope=FOREIGN)
        pushed = Pushed.decode(pc.post(routes.PUSH, raw).content, Push.decode(raw))
        assert pushed.answers[-1].verdict == "conflict"
        yield made


def epoch_of(database: str, scope: str) -> str:
    with psycopg.connect(database) as connection:
        row = connection.execute("SELECT epoch FROM scope WHERE scope_id = %s", (scope,)).fetchone()
    return str(row[0]) if row else "e1"


@pytest.mark.parametrize("role", sorted(ROLES))
@pytest.mark.parametrize("route", sorted(GUARDED), ids=" ".join)
def test_the_matrix(client: InProcess, database: str, route: tuple[str, str], role: str) -> None:
    line = GUARDED[route]
    desk = enrolled(database, client, role)
    told = {}
    for scope in (SCOPE, FOREIGN, NONE):
        answer = line.ask(desk, scope, epoch_of(database, scope))
        told[scope] = (answer.status_code, answer.content.replace(scope.encode(), b"?"))
        assert SECRET.encode() not in answer.content
        if answer.status_code != 200:
            error = troubles.decode(answer.content).error
            assert error == ("no_grant" if role in line.roles else "no_right")
    if role not in line.roles:
        assert {status for status, _body in told.values()} == {403}
        return
    assert told[SCOPE][0] == 200
    if line.scoped:
        # A scope of others and one that is not there are answered by the same bytes.
        assert told[FOREIGN] == told[NONE]
        assert told[FOREIGN][0] == 403
    elif route[1] == routes.HELLO:
        seen = Hello.decode(line.ask(desk, SCOPE, "").content)
        own = {each.scope for each in seen.scopes if each.scope.startswith(COUNTYS)}
        assert {each.scope for each in seen.scopes} == {SCOPE, *own}
        assert len(own) == (role != "station")


@pytest.mark.parametrize("route", sorted(GUARDED), ids=" ".join)
def test_nothing_is_open_to_who_is_nobody_or_revoked(
    client: InProcess, database: str, route: tuple[str, str]
) -> None:
    verb, path = route
    desk = enrolled(database, client)
    with psycopg.connect(database) as connection:
        before = connection.execute("SELECT count(*) FROM revision").fetchall()
    epoch = epoch_of(database, SCOPE)
    asked = path.format(scope=SCOPE, record="r-foreign", device=desk.device)
    bare = client.request(verb, asked, headers={"Accept-Encoding": "", signing.DEVICE: desk.device})
    assert (bare.status_code, troubles.decode(bare.content).error) == (401, "unknown_device")
    for nobody in (replace(desk, key=bytes(32)), replace(desk, device="nobody")):
        answer = GUARDED[route].ask(nobody, SCOPE, epoch)
        assert (answer.status_code, troubles.decode(answer.content).error) == (401, "unknown_device")
    with psycopg.connect(database) as connection:
        admin.revoke(connection, desk.device)
    answer = GUARDED[route].ask(desk, SCOPE, epoch)
    assert (answer.status_code, troubles.decode(answer.content).error) == (403, "revoked")
    with psycopg.connect(database) as connection:
        assert connection.execute("SELECT count(*) FROM revision").fetchall() == before


def test_records_ops_and_conflicts_of_others_are_as_if_not_there(client: InProcess, database: str) -> None:
    """Whatever id of another scope an op names, it is told the same as for an id that nobody has."""
    desk = enrolled(database, client)
    epoch = epoch_of(database, SCOPE)
    with psycopg.connect(database) as connection:
        (row,) = connection.execute("SELECT conflict_id FROM conflict").fetchall()
    desk.push(op("mine", rec="r-mine", set={"subject": "甲"}), epoch=epoch)

    def told(made: Op) -> tuple[str, str, str]:
        (answer,) = desk.push(made, epoch=epoch).answers
        return answer.verdict, answer.code, answer.sentence

    pairs = [
        (op("a1", "patch", rec="r-foreign", set={"subject": "x"}, base={"subject": ""}),
         op("a2", "patch", rec="r-none", set={"subject": "x"}, base={"subject": ""})),
        (op("a3", "patch", rec="r-mine", set={"subject": "x"}, base={"subject": "f1"}),
         op("a4", "patch", rec="r-mine", set={"subject": "x"}, base={"subject": "f-none"})),
        (op("a5", "close", rec="r-mine", set={"subject": "x"}, base={"*": str(row[0])}),
         op("a6", "close", rec="r-mine", set={"subject": "x"}, base={"*": "c-none"})),
        (op("a7", rec="r-a7", scope=FOREIGN), op("a8", rec="r-a8", scope=NONE)),
    ]  # fmt: skip
    for theirs, nobodys in pairs:
        assert told(theirs) == told(nobodys)
    # An id of theirs is free here: ids are one scope's own.
    assert told(op("f1", rec="r-foreign", set={"subject": "甲"})) == ("applied", "", "")
    with psycopg.connect(database) as connection:
        untouched = connection.execute(
            "SELECT version, (SELECT count(*) FROM revision r WHERE r.scope_id = s.scope_id) FROM scope s"
            " WHERE scope_id = %s",
            (FOREIGN,),
        ).fetchall()
    assert untouched == [(1, 3)]
