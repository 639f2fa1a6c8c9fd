"""Two PCs of a station, a hub one can read, and a visit whose matter both change while the line is down."""

from dataclasses import dataclass, field
from typing import Any

from desk.models.matter import Matter
from desk.models.store import Store
from desk.models.visit import Visit
from desk.services.session import Session, User
from desk.services.tray.tray import ConflictTray
from desk.services.tray.values import Question
from tests import factories
from tests.fake_hub import FakeHub
from tests.unit.services.sync.round_stage import change, go, save

HEAD = User("u1", "周某某", frozenset({"head"}))
CLERK = User("u2", "李某", frozenset({"clerk"}))
LAWYER = User("u3", "钱某", frozenset({"lawyer"}))


@dataclass
class Two:
    """Both PCs, the hub between them, and what they share."""

    one: Store
    two: Store
    hub: FakeHub
    visit: Visit = field(default_factory=factories.visit)
    matter: Matter = field(default_factory=factories.matter)

    def begin(self, **visit: Any) -> "Two":
        """Let both hold the same station, users, visit and matter."""
        self.visit = factories.visit(number="LF2026-A0288", **visit)
        self.matter = factories.matter(visit_id=self.visit.record_id, statement="路灯坏了。没有人管。")
        save(self.one, factories.station(), _user(HEAD), _user(CLERK))
        save(self.one, self.visit, self.matter)
        self.round()
        return self

    def both_change(self, table: Any, record_id: str, name: str, first: Any, second: Any) -> None:
        """Let both change one field of one record; the second one's comes later and loses."""
        change(self.one, table, record_id, **{name: first})
        change(self.two, table, record_id, **{name: second})
        self.round()

    def round(self) -> None:
        """Let both come to rest."""
        for store in (self.one, self.two, self.one, self.two):
            go(store, self.hub)

    def tray(self, user: User = HEAD, store: Store | None = None) -> ConflictTray:
        """Return the tray as a user sees it."""
        return ConflictTray(store or self.one, Session(user, bytes(32)))

    def question(self, user: User = HEAD) -> Question:
        """Return the one open question."""
        (found,) = self.tray(user).look().questions
        return found


def _user(user: User) -> Any:
    made = factories.user(name=user.name, roles=",".join(sorted(user.roles)))
    made.record_id = user.id
    return made
