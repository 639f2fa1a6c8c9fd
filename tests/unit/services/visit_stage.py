"""A station at work for the tests of visits: a real store, users, deputies on duty, and the services."""

from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import select

from desk import clock
from desk.models.deputy import Deputy
from desk.models.store import Store
from desk.models.user import User as Clerk
from desk.services.numbers import Numbers
from desk.services.pads import Pads
from desk.services.profiles import Profiles
from desk.services.receipts import Receipts
from desk.services.session import Session, User
from desk.services.visit_values import VisitForm
from desk.services.visits import Visits
from tests import factories
from tests.stores import KEY

FULL = VisitForm(
    name="王某某",
    phone="13800006621",
    subject="小区雨后积水",
    category="城乡建设",
    statement="一下雨楼门口就积二十来公分水，老人出不了门。",
    request="查清管网归谁管，尽快疏通。",
    notice_told=True,
    outcome="answered",
    answer_text="已联系物业，三天内清理。",
)
"""A form that may be finished, once it has its receivers."""


@dataclass(frozen=True)
class Stage:
    """The services as one user has them, and the ids the tests speak of."""

    store: Store
    session: Session
    profiles: Profiles
    numbers: Numbers
    pads: Pads
    visits: Visits
    deputy_id: str
    other_deputy_id: str

    def as_user(self, user_id: str, name: str, *roles: str) -> "Stage":
        """Return the same station with somebody else at the desk."""
        return _services(
            self.store, User(user_id, name, frozenset(roles)), self.deputy_id, self.other_deputy_id
        )

    def form(self, **changes: Any) -> VisitForm:
        """Return a form that may be finished, with the deputy on duty as receiver."""
        return replace(FULL, **({"receiver_ids": (self.deputy_id,)} | changes))

    def finished(self, **changes: Any) -> str:
        """Receive and finish a visit; return its id."""
        form = self.form(**changes)
        visit_id = self.visits.open(form).value.id
        self.visits.finish(visit_id, form)
        return visit_id


def build(store: Store, *roles: str) -> Stage:
    """Set the station up: a clerk (or whoever has `roles`) signed on, two deputies on duty."""
    first, second = factories.deputy(), factories.deputy(name="赵某某", phone="13800000002")
    clerk = factories.user()
    people = (first, second, clerk, factories.user(name="周某某", roles="head"))
    with store.write_confirmed() as rows:
        rows.add_all([factories.station(), factories.device(record_id=store.device_id), *people])
        rows.add(factories.mandate(deputy_id=first.record_id, level=4))
        rows.add(factories.mandate(deputy_id=first.record_id, level=3))
        for deputy in (first, second):
            rows.add(
                factories.duty(deputy_id=deputy.record_id, name_told=deputy.name, started_at=clock.now())
            )
        user = User(clerk.record_id, clerk.name, frozenset(roles or {"clerk"}))
        ids = (first.record_id, second.record_id)
    return _services(store, user, *ids)


def reopened(store: Store) -> Stage:
    """Return the station that `build` has set up in a store opened again."""
    with store.read() as rows:
        clerk = rows.scalars(select(Clerk).where(Clerk.roles == "clerk")).one()
        ids = rows.scalars(select(Deputy.record_id).order_by(Deputy.record_id)).all()
    return _services(store, User(clerk.record_id, clerk.name, frozenset({"clerk"})), *ids)


def _services(store: Store, user: User, deputy_id: str, other_deputy_id: str) -> Stage:
    session = Session(user, KEY)
    profiles = Profiles(store, session)
    numbers = Numbers(store, session, profiles)
    visits = Visits(store, session, profiles, numbers, Receipts(store, profiles))
    pads = Pads(store, session, numbers)
    return Stage(store, session, profiles, numbers, pads, visits, deputy_id, other_deputy_id)
