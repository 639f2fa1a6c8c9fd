"""A desk set up for papers: station, PC, deputies and visits in a real store, and the services that print."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from desk.models.store import Store
from desk.services.numbers import Numbers
from desk.services.pads import Pads
from desk.services.papers import Papers
from desk.services.print_jobs import PrintJobs
from desk.services.profiles import Profiles
from desk.services.receipts import IssuedReceipt, Receipts
from desk.services.session import Session, User
from tests import factories
from tests.fakes import MORNING


@dataclass(frozen=True)
class PaperDesk:
    """The services of one user at this desk."""

    store: Store
    session: Session
    profiles: Profiles
    receipts: Receipts
    print_jobs: PrintJobs
    papers: Papers

    def issue(self, visit_id: str) -> IssuedReceipt:
        """Give a visit its receipt."""
        from desk.models.visit import Visit

        with self.store.write(self.session.user.id) as rows:
            return self.receipts.issue(rows, rows.get_one(Visit, visit_id))


def set_up(store: Store) -> None:
    """Write station, PC and the user `u1`."""
    with store.write("u1") as rows:
        rows.add(factories.station(name="示例镇人大代表联络站", level="town", code="330106004"))
        rows.add(factories.device(record_id=store.device_id, key_id="", public_key=""))
        rows.add(factories.user(record_id="u1", name="钱某某"))


def desk(store: Store, role: str = "clerk") -> PaperDesk:
    """Return the services for a user of this role."""
    session = Session(User("u1", "钱某某", frozenset({role})), bytes(32))
    profiles = Profiles(store, session)
    receipts = Receipts(store, profiles)
    print_jobs = PrintJobs(store, session)
    pads = Pads(store, session, Numbers(store, session, profiles))
    papers = Papers(store, session, profiles=profiles, receipts=receipts, print_jobs=print_jobs, pads=pads)
    return PaperDesk(store, session, profiles, receipts, print_jobs, papers)


def add_visit(
    store: Store, *, matter: dict[str, Any] | None = None, days: int = 0, **changes: Any
) -> tuple[str, str]:
    """Write a visit (received at 9:00 of MORNING + days), its matter and its receiver; return both ids."""
    at: datetime = MORNING + timedelta(days=days)
    usual = {"received_at": at, "arrived_at": at, "entered_at": at, "registrar_id": "u1", "state": "finished"}
    visit = factories.visit(**(usual | changes))
    made = factories.matter(visit_id=visit.record_id, **(matter or {}))
    with store.write("u1") as rows:
        rows.add_all([visit, made, factories.receiver(visit_id=visit.record_id, name="王某某")])
        return visit.record_id, made.record_id
