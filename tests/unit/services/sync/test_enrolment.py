"""Enrolling this PC: what is typed or scanned, what is kept, and that a lost answer costs nothing."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import pytest

from desk.errors import AccessProblem, HubProblem, InputProblem
from desk.models import plain
from desk.models.local import DeviceSecret
from desk.models.store import Store
from desk.services.session import Session, User
from desk.services.sync import gate
from desk.services.sync.enrolment import Enrolment
from desk.services.sync.gate import Gate
from desk.wire import codes, signing
from desk.wire.enrolling import Enrol, Enrolled, Ticket
from desk.wire.troubles import AnyTrouble, Trouble
from tests import factories

HEAD = User("u1", "周某某", frozenset({"head"}))
CLERK = User("u2", "钱某某", frozenset({"clerk"}))
WHERE = "https://hub.example"
CODE = codes.new(codes.ONE_TIME)
PIN = codes.of_bytes(bytes(32), codes.PIN)
TIME_KEY = bytes(range(32))


@dataclass
class Entrance:
    """A hub that lets in, or says what it is told to say."""

    says: Enrolled | AnyTrouble = field(
        default_factory=lambda: Enrolled("station", "示例县", "示例站", TIME_KEY)
    )
    down: bool = False
    asked: list[tuple[Gate, Enrol]] = field(default_factory=list)
    shown: list[tuple[str, str]] = field(default_factory=list)

    @contextmanager
    def connect(self, way: Gate) -> Iterator["Entrance"]:
        self.way = way
        yield self

    def enrol(self, ask: Enrol) -> Enrolled | AnyTrouble:
        self.asked.append((self.way, ask))
        if self.down:
            raise HubProblem("连不上县级平台", field="no_line")
        return self.says

    def find(self, address: str, pin: str) -> str:
        self.shown.append((address, pin))
        return "PEM"


@pytest.fixture
def entrance() -> Entrance:
    return Entrance()


@pytest.fixture
def enrolment(store: Store, entrance: Entrance) -> Enrolment:
    return Enrolment(store, Session(HEAD, bytes(32)), entrance.connect, entrance.find)


def secrets(store: Store) -> dict[str, bytes]:
    with store.read() as rows:
        found = plain.ask(rows, "SELECT name, secret FROM device_secret WHERE name LIKE 'hub%'")
    return dict(found)


def test_what_is_typed_enrols_this_pc(store: Store, enrolment: Enrolment, entrance: Entrance) -> None:
    done = enrolment.enrol("hub.example", CODE.lower().replace("-", " "))
    assert done.changed == {"setting"}
    known = done.value
    assert (known.address, known.county, known.station) == (WHERE, "示例县", "示例站")
    assert enrolment.state() == known
    ((way, ask),) = entrance.asked
    assert (ask.code, ask.device, ask.scope) == (CODE.replace("-", ""), store.device_id, store.scope_id)
    assert secrets(store) == {gate.KEY: way.key}
    assert ask.public_key == signing.public_of(way.key)
    assert entrance.shown == []
    with store.read() as rows:
        assert gate.read(rows, "d1") == Gate(WHERE, "d1", way.key, "", TIME_KEY, "station")
        # Neither key nor code stands anywhere else.
        for table in ("setting", "audit", "outbox"):
            told = str(plain.ask(rows, f"SELECT * FROM {table}"))
            assert way.key.hex() not in told
            assert CODE not in told


def test_what_is_scanned_brings_address_and_pin(enrolment: Enrolment, entrance: Entrance) -> None:
    enrolment.enrol("", Ticket(WHERE, CODE, PIN).to_text())
    assert entrance.shown == [(WHERE, PIN.replace("-", ""))]
    assert entrance.asked[0][0].authority == "PEM"
    assert enrolment.state().address == WHERE


def test_it_is_an_administrators_choice(store: Store, entrance: Entrance) -> None:
    clerk = Enrolment(store, Session(CLERK, bytes(32)), entrance.connect, entrance.find)
    with pytest.raises(AccessProblem):
        clerk.enrol(WHERE, CODE)
    with pytest.raises(AccessProblem):
        clerk.leave()
    assert entrance.asked == []


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        (("", CODE, ""), "address"),
        (("http://hub.example", CODE, ""), "address"),
        ((WHERE, "", ""), "code"),
        ((WHERE, CODE[:-1] + ("0" if CODE[-1] != "0" else "1"), ""), "code"),
        ((WHERE, CODE, PIN[:-1]), "pin"),
    ],
)
def test_a_slip_is_said_at_its_field_and_nothing_is_sent(
    enrolment: Enrolment, entrance: Entrance, typed: tuple[str, str, str], field: str
) -> None:
    with pytest.raises(InputProblem) as told:
        enrolment.enrol(*typed)
    assert told.value.field == field
    assert entrance.asked == []


def test_a_lost_answer_is_asked_for_again_with_the_same_key(
    store: Store, enrolment: Enrolment, entrance: Entrance
) -> None:
    entrance.down = True
    with pytest.raises(HubProblem):
        enrolment.enrol(WHERE, CODE)
    assert enrolment.state().address == ""
    entrance.down = False
    enrolment.enrol(WHERE, CODE)
    assert entrance.asked[0] == entrance.asked[1]
    # The next time it is another one.
    enrolment.enrol(WHERE, codes.new(codes.ONE_TIME))
    assert entrance.asked[2][0].key != entrance.asked[1][0].key
    assert secrets(store) == {gate.KEY: entrance.asked[2][0].key}


@pytest.mark.parametrize(
    "says",
    [Trouble("code_used", "用过了"), Enrolled("county", "示例县", "", TIME_KEY)],
)
def test_a_refusal_leaves_everything_as_it_was(
    store: Store, enrolment: Enrolment, entrance: Entrance, says: Enrolled | AnyTrouble
) -> None:
    enrolment.enrol(WHERE, CODE)
    before = secrets(store)
    entrance.says = says
    with pytest.raises(HubProblem) as told:
        enrolment.enrol("https://other.example", CODE)
    assert told.value.sentence
    assert enrolment.state().address == WHERE
    assert secrets(store)[gate.KEY] == before[gate.KEY]


def test_leaving_throws_the_key_away_and_keeps_the_records(store: Store, enrolment: Enrolment) -> None:
    enrolment.enrol(WHERE, CODE)
    assert enrolment.leave().value.address == ""
    assert secrets(store) == {}
    with store.read() as rows:
        assert rows.get(DeviceSecret, gate.KEY) is None
        assert plain.ask(rows, "SELECT count(*) FROM outbox")[0][0] > 0


def test_a_desk_nobody_worked_with_becomes_one_of_the_county(store: Store, entrance: Entrance) -> None:
    session = Session(HEAD, bytes(32))
    with store.write("u1") as rows:
        rows.add(factories.user(roles="head"))
    entrance.says = Enrolled("county", "示例县", "王某某", TIME_KEY, "C:1")
    known = Enrolment(store, session, entrance.connect, entrance.find).enrol(WHERE, CODE).value
    assert (known.role, known.station) == ("county", "王某某")
    ((_way, ask),) = entrance.asked
    assert ask.empty
    assert store.scope_id == "C:1"
    assert session.may("write", "user")
    assert not session.may("write", "visit")
    # Leaving the hub does not make it a station's again: the records it holds are what they were.
    assert Enrolment(store, session, entrance.connect).leave().value.role == "county"


def test_a_desk_with_records_says_so(store: Store, enrolment: Enrolment, entrance: Entrance) -> None:
    with store.write("u1") as rows:
        rows.add(factories.person())
    enrolment.enrol(WHERE, CODE)
    ((_way, ask),) = entrance.asked
    assert not ask.empty
