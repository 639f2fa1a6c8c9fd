"""The first PC of a station at the real hub, and folders of further ones, for tests of joining."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from desk.models import plain
from desk.rules.passwords import PasswordPolicy
from desk.services import profile as profiles
from desk.services.joining import Joining
from desk.services.login import Login
from desk.services.opening import Opened
from desk.services.sync.client import HubClient
from desk.services.sync.enrolment import Enrolment
from desk.services.sync.rounds import Rounds
from desk.services.users import Users
from tests.hub.conftest import database, server
from tests.hub.desks import county_of
from tests.sign_on import SETUP, Clocks, MemorySecrets, cheap_login
from tests.sync.bridge import Line, hub_on

__all__ = ["database", "server"]

WHERE = "https://hub.example"
NEW = "又一个好密码2027"
PEOPLE = (("孙某某", "lawyer"), ("李某某", "clerk"), ("钱某某", "clerk"))
DEVICES = "SELECT letter FROM device ORDER BY letter"


class Desks:
    """The first PC of the station, at the hub, and the folders of further ones."""

    def __init__(self, folder: Path, line: Line, database: str) -> None:
        import psycopg

        from desk.hub import enrolment, register

        self.folder, self.line = folder, line
        login = cheap_login(folder / "first", MemorySecrets())
        self.opened = login.first_start(SETUP)
        store, session = self.opened.store, self.opened.session
        self.rounds = Rounds(store, session, self.connect)
        self.users = Users(store, session, login.box, self.opened.pins, profiles.load_default)
        with psycopg.connect(database) as connection:
            self.station = register.add_station(connection, county_of(connection), "示例镇站")
        self._new_code: Callable[[Any], str] = lambda connection: (
            enrolment.new_code(connection, station=self.station).code
        )
        self._database = database

    def connect(self, way: Any) -> HubClient:
        return HubClient(way, self.line)

    def county_code(self) -> str:
        import psycopg

        with psycopg.connect(self._database) as connection:
            return self._new_code(connection)

    def enrol_first(self) -> None:
        Enrolment(self.opened.store, self.opened.session, self.connect).enrol(WHERE, self.county_code())
        self.rounds.run()

    def code_of(self, name: str = SETUP.user_name) -> str:
        """Let the head issue a code for another PC, and the round carry it."""
        user = next(each for each in self.users.list() if each.name == name)
        code = self.users.invite_elsewhere(user.id).value.code
        self.rounds.run()
        return code

    def joining(self, name: str = "second", *, replaces: bool = False) -> tuple[Login, Joining]:
        login = cheap_login(self.folder / name, MemorySecrets())
        return login, Joining(login.box, PasswordPolicy(), connect=self.connect, replaces=replaces)


@pytest.fixture
def line(database: str) -> Iterator[Line]:
    with hub_on(database) as made:
        yield made


@pytest.fixture
def desks(tmp_path: Path, line: Line, database: str, clocks: Clocks) -> Iterator[Desks]:
    made = Desks(tmp_path, line, database)
    yield made
    made.opened.store.close()


def steps() -> tuple[list[str], Callable[[str], None]]:
    said: list[str] = []
    return said, said.append


def ask(opened: Opened, words: str) -> list[tuple[Any, ...]]:
    with opened.store.read() as rows:
        return plain.ask(rows, words)
