"""The due clocks of all cases from one query are those of each case on its own; none is left out."""

from dataclasses import replace
from datetime import date, timedelta

from sqlalchemy import select

from desk import clock
from desk.models.agreement import Signature
from desk.models.mediation import Mediation
from desk.models.store import Store
from desk.services.mediation import case_due, clocks, due_clocks, sheet
from desk.services.mediation.forms import ConfirmationForm
from desk.services.mediation.values import Clock
from desk.services.profile import load_default
from desk.services.seed import case_run
from desk.services.seed.case_run import CasePlan
from tests.fakes import FakeClock
from tests.unit.services.mediation.case_stage import CaseStage
from tests.unit.services.mediation.case_stage import room as build_room

_DUE = {"mediation", "term", "follow_up", "confirmation"}


def one_by_one(store: Store, day: clocks.Day) -> list[tuple[str, Clock]]:
    """Return what is due by looking at every case whole, as its own page does."""
    with store.read() as rows:
        return [
            (case.record_id, running)
            for case in rows.scalars(select(Mediation).where(Mediation.void.is_(False)))
            for running in clocks.clocks(sheet.load(rows, case), day)
            if running.colour and not running.paused and running.key in _DUE
        ]


def at_once(store: Store, day: clocks.Day) -> list[tuple[str, Clock]]:
    with store.read() as rows:
        return [(lit.case_id, due_clocks.clock(lit, day)) for lit in due_clocks.found(rows, day)]


def test_all_cases_at_once_are_as_each_alone(store: Store, fake_clock: FakeClock) -> None:
    room = build_room(store)
    case_run.fill(store, room.session.user.id, load_default(), CasePlan(400, 5, date(2026, 11, 22)))
    # Of the heap's fresh agreements each is oral: nobody asks a court to confirm those (SQ-03).
    room.agreed()
    met = set()
    for later in (0, 8, 16, 24, 45):
        day = clocks.Day(load_default(), clock.today() + timedelta(days=later))
        expected, found = one_by_one(store, day), at_once(store, day)
        assert sorted(map(str, found)) == sorted(map(str, expected))
        urgency = [({"yellow": 1, "white": 2}[each.colour], each.until) for _case, each in found]
        assert urgency == sorted(urgency)
        met |= {running.key for _case, running in found}
    assert met == _DUE


def test_more_than_forty_of_a_kind_are_all_due(store: Store, fake_clock: FakeClock) -> None:
    room = build_room(store)
    case_run.fill(store, room.session.user.id, load_default(), CasePlan(1200, 3, date(2026, 11, 22)))
    due = room.services.cases.due()
    assert sum(item.action == "催促履行" for item in due) > 40
    assert room.services.cases.badge() == len(due)
    with store.read() as rows:
        profile, device = load_default(), store.device_id
        found = case_due.look(rows, profile, device)
        assert case_due.items(rows, profile, found, 7) == due[:7]
        assert set(case_due.due_ids(rows, profile)) == {item.record_id for item in due}


def test_a_term_made_longer_or_paused_runs_out_later(room: CaseStage, fake_clock: FakeClock) -> None:
    """MED-24, DL-07."""
    plain, longer, paused = (room.accepted() for _n in range(3))
    room.services.steps.extend(longer, "双方", room.party_ids(longer))
    room.services.steps.pause(paused, "等鉴定")
    fake_clock.forward(days=32)
    day = clocks.Day(load_default(), clock.today())
    assert [case_id for case_id, _clock in at_once(room.store, day)] == [plain]
    fake_clock.forward(days=30)
    day = clocks.Day(load_default(), clock.today())
    assert at_once(room.store, day) == one_by_one(room.store, day)
    assert {case_id for case_id, _clock in at_once(room.store, day)} == {plain, longer}


def test_sq01_a_confirmation_withdrawn_is_due_like_one_never_asked_for(
    room: CaseStage, fake_clock: FakeClock
) -> None:
    """The thirty days run on for who may apply again, on the case and on the list of what is due."""
    first, second = room.parties()
    case_id = room.agreed(parties=(first, replace(second, id_no="110105198001010019")))
    asked = ConfirmationForm(ground="committee", joint=room.party_ids(case_id))
    room.services.aftercare.apply(case_id, asked)
    fake_clock.forward(days=25)
    day = clocks.Day(load_default(), clock.today())
    assert "confirmation" not in [running.key for _case, running in at_once(room.store, day)]
    room.services.aftercare.decide(case_id, "withdrawn")
    found = {running.key: running for _case, running in at_once(room.store, day)}
    assert found["confirmation"].left_text == "剩 5 天"
    assert sorted(map(str, at_once(room.store, day))) == sorted(map(str, one_by_one(room.store, day)))


def test_signed_months_after_it_was_reached_the_court_is_still_asked_in_time(
    room: CaseStage, fake_clock: FakeClock
) -> None:
    """MED-12, SQ-01: thirty days from the last signature, however long that took."""
    case_id = room.mediating()
    room.services.agreements.save(case_id, room.agreement())
    fake_clock.forward(days=75)
    room.signed(case_id)
    room.services.agreements.agree(case_id)
    fake_clock.forward(days=25)
    day = clocks.Day(load_default(), clock.today())
    found = {running.key: running for _case, running in at_once(room.store, day)}
    assert found["confirmation"].left_text == "剩 5 天"
    assert sorted(map(str, at_once(room.store, day))) == sorted(map(str, one_by_one(room.store, day)))
    with room.store.read() as rows:
        assert rows.scalars(select(Signature.signed_on)).first() == date(2027, 2, 6)
