"""What 0.1.0 made of a visit, a number and a state and no more, stands in the lists of today."""

from datetime import timedelta

from sqlalchemy import select

from desk import clock, ids
from desk.models import plain
from desk.models.consultation import Consultation
from desk.models.mediation import Mediation
from desk.models.outbox import Outbox
from desk.models.store import Store
from desk.services import adoption, verify
from desk.services.consultation import listing
from desk.services.consultation.access import reader_of
from desk.services.consultation.values import ConsultationFilter
from desk.services.search import Search
from desk.services.session import Session, User
from desk.wire.op import Op
from tests import factories
from tests.fakes import FakeClock
from tests.stores import KEY
from tests.unit.services.mediation.case_stage import CaseStage, room

_ASKED = "SELECT noun FROM conflict_key WHERE key = ?"
HEAD = User("head", "周某某", frozenset({"head"}))


def _old(store: Store, *, state: str = "registered") -> tuple[CaseStage, str, str]:
    """Make a room with a mediation and a consultation as 0.1.0 left them."""
    desk = room(store, "mediator", "clerk")
    clerk = desk.base.session.user
    at = clock.now() - timedelta(days=3)
    with store.write_confirmed() as rows:
        made = []
        for table, outcome in ((Mediation, "mediation"), (Consultation, "consultation")):
            visit = factories.visit(
                state="finished",
                registrar_id=clerk.id,
                name_told="钱某",
                phone_told="13900000172",
                received_at=at,
                finished_at=at,
            )
            matter = factories.matter(
                visit_id=visit.record_id,
                outcome=outcome,
                subject="楼上漏水",
                statement="卧室天花板渗水。",
                request="赔偿修复费",
            )
            row = table(matter_id=matter.record_id, number=f"LF2026-{outcome[0]}01", state=state)
            rows.add_all([visit, matter, row])
            made.append(row.record_id)
    return desk, made[0], made[1]


def _ops(store: Store, record_id: str) -> list[Op]:
    with store.read() as rows:
        found = rows.scalars(
            select(Outbox.body).where(Outbox.record_id == record_id).order_by(Outbox.position)
        )
        return [Op.from_bytes(body) for body in found]


def test_a_mediation_of_0_1_0_is_listed_with_what_its_visit_knows(
    store: Store, fake_clock: FakeClock
) -> None:
    desk, case_id, _other = _old(store)
    assert desk.services.cases.page().rows == ()
    assert adoption.adopt(store, HEAD, desk.profiles.current()) == 2
    (line,) = desk.services.cases.page().rows
    assert (line.id, line.title, line.parties_text) == (case_id, "楼上漏水", "钱某")
    assert line.registered_at == clock.now() - timedelta(days=3)
    card = desk.services.cases.get(case_id)
    assert (card.summary, card.claims, card.registrar) == ("卧室天花板渗水。", ("赔偿修复费",), "钱某某")
    assert sum(each.count for each in desk.services.cases.counts()) == 1
    found = Search(store, desk.session).find("钱某")
    assert case_id in {hit.record_id for group in found for hit in group.hits}


def test_a_consultation_of_0_1_0_is_listed_as_opened(store: Store, fake_clock: FakeClock) -> None:
    desk, _case, consultation_id = _old(store)
    adoption.adopt(store, HEAD, desk.profiles.current())
    reader = reader_of(Session(User("l", "吴某某", frozenset({"lawyer"})), KEY))
    with store.read() as rows:
        (line,) = listing.page(rows, reader, ConsultationFilter(), (None, 50)).rows
        row = rows.get_one(Consultation, consultation_id)
        assert (row.registrar_id, row.name_told) == (desk.base.session.user.id, "钱某")
    assert (line.id, line.state, line.question) == (consultation_id, "opened", "卧室天花板渗水。 赔偿修复费")


def test_it_is_an_ordinary_write_with_ops_and_happens_once(store: Store, fake_clock: FakeClock) -> None:
    """Whoever opens the store stands in the op; the state is moved as class F, with what it was."""
    desk, case_id, consultation_id = _old(store)
    adoption.adopt(store, HEAD, desk.profiles.current())
    (op,) = _ops(store, case_id)
    assert (op.kind, op.user, op.set["title"], "state" in op.set) == ("patch", "head", "楼上漏水", False)
    (other,) = _ops(store, consultation_id)
    assert (other.set["state"], other.was["state"]) == ("opened", "registered")
    assert adoption.adopt(store, HEAD, desk.profiles.current()) == 0
    assert len(_ops(store, case_id)) == 1
    assert verify.run(store).ok


def test_the_conflict_check_knows_them_from_then_on(store: Store, fake_clock: FakeClock) -> None:
    """FL-11: visitors, parties and clients of before count like those of today."""
    desk, _case, _consultation = _old(store)
    adoption.adopt(store, HEAD, desk.profiles.current())
    with store.read() as rows:
        found = plain.ask(rows, "SELECT noun FROM conflict_key WHERE key = ?", ("name:钱某",))
    assert sorted(noun for (noun,) in found) == ["consultation", "mediation", "visit", "visit"]


def test_one_without_its_visit_is_seen_all_the_same(store: Store, fake_clock: FakeClock) -> None:
    desk = room(store)
    with store.write_confirmed() as rows:
        rows.add(Mediation(matter_id=ids.new_id(), number="LF2026-t01", state="registered"))
        rows.add(Mediation(matter_id="", number="LF2026-t02", state="registered"))
    assert adoption.adopt(store, HEAD, desk.profiles.current()) == 2
    assert {line.number for line in desk.services.cases.page().rows} == {"LF2026-t01", "LF2026-t02"}


def test_many_are_taken_over_block_by_block(store: Store, fake_clock: FakeClock) -> None:
    desk = room(store)
    with store.write_confirmed() as rows:
        rows.add_all(Mediation(number=f"LF2026-t{n}", state="registered") for n in range(230))
    assert adoption.adopt(store, HEAD, desk.profiles.current()) == 230
    assert adoption.adopt(store, HEAD, desk.profiles.current()) == 0


def _known(store: Store, name: str) -> list[str]:
    with store.read() as rows:
        return [noun for (noun,) in plain.ask(rows, _ASKED, (f"name:{name}",))]


def test_visitors_of_a_quarrel_are_known_without_finishing_their_visit_again(
    store: Store, fake_clock: FakeClock
) -> None:
    """FL-11: also where no mediation or consultation hangs on the visit; others are no business of it."""
    desk = room(store)
    with store.write_confirmed() as rows:
        for name, outcome in (("吴某", "consultation"), ("郑某", "answered"), ("孙某", "mediation")):
            visit = factories.visit(state="finished", name_told=name)
            rows.add_all([visit, factories.matter(visit_id=visit.record_id, outcome=outcome)])
    adoption.adopt(store, HEAD, desk.profiles.current())
    assert [_known(store, name) for name in ("吴某", "郑某", "孙某")] == [["visit"], [], ["visit"]]
    with store.write_local() as rows:
        plain.write(rows, "DELETE FROM conflict_key WHERE key = ?", ("name:孙某",))
    adoption.adopt(store, HEAD, desk.profiles.current())
    assert _known(store, "孙某") == []
