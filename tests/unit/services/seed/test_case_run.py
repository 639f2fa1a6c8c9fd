"""A store filled with cases is whole, found, counted, and the desk goes on from it."""

from collections import Counter
from datetime import date

from sqlalchemy import func, select

from desk.models import plain
from desk.models.mediation import Mediation
from desk.models.outbox import Outbox
from desk.models.party import Party
from desk.models.store import Store
from desk.services import conflicts, verify
from desk.services.mediation.values import CaseFilter
from desk.services.profile import load_default
from desk.services.seed import case_run
from desk.services.seed.case_run import CasePlan
from tests.fakes import FakeClock
from tests.unit.services.mediation.case_stage import CaseStage
from tests.unit.services.mediation.case_stage import room as build_room

UNTIL = date(2026, 11, 22)
_KEYS = "SELECT key, noun, record_id, case_id, side FROM conflict_key"


def filled(store: Store, cases: int) -> CaseStage:
    room = build_room(store)
    made = case_run.fill(store, room.session.user.id, load_default(), CasePlan(cases, 2, UNTIL))
    assert made == cases
    return room


def test_whole_without_ops_and_shown(store: Store, fake_clock: FakeClock) -> None:
    room = filled(store, 150)
    assert verify.run(store).ok
    with store.read() as rows:
        assert rows.scalar(select(func.count()).select_from(Mediation)) == 150
        assert rows.scalar(select(func.count()).select_from(Outbox).where(Outbox.noun == "mediation")) == 0
    page = room.services.cases.page(CaseFilter(group="archived"), limit=20)
    assert len(page.rows) == 20
    for row in page.rows:
        card = room.services.cases.get(row.id)
        assert card.timeline[-1].label == "归档"
        assert card.result_label
    assert sum(each.count for each in room.services.cases.counts()) == 150


def test_the_desk_goes_on_from_the_numbers_of_the_seed(store: Store, fake_clock: FakeClock) -> None:
    room = filled(store, 40)
    with store.read() as rows:
        last = rows.scalar(select(func.max(Mediation.number)).where(Mediation.number.like("TJ2026%")))
    number = room.services.cases.get(room.registered()).number
    assert number > (last or "")


def test_the_conflict_check_knows_the_parties(store: Store, fake_clock: FakeClock) -> None:
    """FL-11: the index holds what each party would put there itself."""
    filled(store, 30)
    with store.write_local() as rows:
        seeded = Counter(plain.ask(rows, _KEYS))
        for party in rows.scalars(select(Party)):
            conflicts.file_party(rows, party)
        assert seeded
        assert Counter(plain.ask(rows, _KEYS)) == seeded
