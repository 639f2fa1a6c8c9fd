"""Somebody works on at a PC without a line after being disabled at another: nothing is lost or taken."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from desk.models import plain
from desk.models.store import Store
from desk.models.user import User as UserRow
from desk.services import verify
from desk.services.session import Session, User
from desk.services.sync.client import HubClient
from desk.services.sync.enrolment import Enrolment
from desk.services.sync.rounds import Rounds, SyncState
from tests import factories
from tests.hub.desks import code_for
from tests.stores import KEY, SCOPE
from tests.sync.bridge import Line, hub_on

HEAD = User("head", "周某某", frozenset({"head"}))


class Pc:
    """One PC of the station."""

    def __init__(self, folder: Path, line: Line, code: str) -> None:
        self.store = Store.create(folder, KEY, scope_id=SCOPE)
        session = Session(HEAD, bytes(32))
        Enrolment(self.store, session, lambda way: HubClient(way, line)).enrol("https://hub.example", code)
        self.rounds = Rounds(self.store, session, lambda way: HubClient(way, line))

    def go(self) -> SyncState:
        state = self.rounds.run().value.state
        assert verify.run(self.store).ok
        return state

    def ask(self, words: str) -> list[tuple[Any, ...]]:
        with self.store.read() as rows:
            return plain.ask(rows, words)


@pytest.fixture
def pcs(database: str, tmp_path: Path) -> Iterator[tuple[Pc, Pc]]:
    with hub_on(database) as line:
        made = tuple(Pc(tmp_path / name, line, code_for(database)) for name in ("front", "back"))
        yield made[0], made[1]
        for each in made:
            each.store.close()


def test_what_they_typed_waits_for_the_head_and_is_in_no_record_of_the_county(pcs: tuple[Pc, Pc]) -> None:
    front, back = pcs
    clerk = factories.user(name="钱某某")
    with front.store.write("head") as rows:
        rows.add(clerk)
    front.go()
    back.go()
    with back.store.write("head") as rows:
        rows.get_one(UserRow, clerk.record_id).disabled = True
    back.go()
    with front.store.write(clerk.record_id) as rows:
        rows.add(factories.person(name="王某某"))
    with front.store.write("head") as rows:
        rows.add(factories.person(name="赵某某"))
    state = front.go()
    assert (state.light, state.refused) == ("attention", 1)
    ((sentence, body),) = front.ask("SELECT sentence, body FROM attention")
    assert "已停用" in sentence
    assert "王某某" in bytes(body).decode()
    # Still in view where it was typed, and nowhere else; the others' work goes on.
    assert {name for (name,) in front.ask("SELECT name FROM person")} == {"王某某", "赵某某"}
    back.go()
    assert back.ask("SELECT name FROM person") == [("赵某某",)]
    assert front.ask("SELECT disabled FROM user") == back.ask("SELECT disabled FROM user") == [(1,)]
