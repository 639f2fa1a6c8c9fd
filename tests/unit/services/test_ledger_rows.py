"""接待选民登记簿: which visits, masked, counted by rights."""

from datetime import date, timedelta

import pytest

from desk.errors import InputProblem
from desk.models.store import Store
from desk.services import ledger_rows
from desk.services.pdf.visits_ledger import VisitsLedger
from tests import factories
from tests.fakes import FakeClock
from tests.paper_desk import add_visit, desk, set_up

MONDAY = date(2026, 11, 23)


def gathered(store: Store, role: str = "clerk", days: int = 0) -> VisitsLedger:
    here = desk(store, role)
    with store.read() as rows:
        return ledger_rows.gather(
            rows,
            here.session,
            here.profiles.current(),
            day_from=MONDAY,
            day_to=MONDAY + timedelta(days=days),
        )


def test_a_row_tells_the_visit_masked(store: Store, fake_clock: FakeClock) -> None:
    set_up(store)
    visit_id, matter_id = add_visit(store, name_told="陈三丰", headcount=2, matter={"category": "urban"})
    with store.write("u1") as rows:
        rows.add(factories.rating(visit_id=visit_id))
        rows.add(factories.reply(matter_id=matter_id))
    ledger = gathered(store)
    (row,) = ledger.rows
    assert (row.number, row.at_text, row.name, row.headcount) == ("LF2026-A0001", "11-23 09:00", "陈**", 2)
    assert (row.kind, row.subject, row.receivers) == ("来站", "路灯不亮", "王某某")
    assert (row.outcome, row.reply_text, row.rating) == ("拟交办", "03-02 电话", "满意")
    assert row.category not in {"", "urban"}
    assert (ledger.batches, ledger.people) == (1, 2)
    assert ledger.title == "接待选民登记簿"


def test_days_are_both_included_and_oldest_come_first(store: Store, fake_clock: FakeClock) -> None:
    set_up(store)
    for days in (3, 2, 1, 0, -1):
        add_visit(store, days=days, number=f"LF2026-A{days + 2:04}")
    assert [row.number for row in gathered(store, days=2).rows] == [
        "LF2026-A0002",
        "LF2026-A0003",
        "LF2026-A0004",
    ]


def test_a_day_of_another_year_says_its_year(store: Store, fake_clock: FakeClock) -> None:
    set_up(store)
    _visit_id, matter_id = add_visit(store, matter={})
    with store.write("u1") as rows:
        rows.add(factories.reply(matter_id=matter_id, replied_at=fake_clock() + timedelta(days=60)))
    (row,) = gathered(store).rows
    assert (row.at_text, row.reply_text) == ("11-23 09:00", "2027-01-22 电话")
    (row,) = gathered(store, days=60).rows
    assert (row.at_text, row.reply_text) == ("2026-11-23 09:00", "2027-01-22 电话")


def test_safe_visits_are_neither_listed_nor_counted_without_the_right(
    store: Store, fake_clock: FakeClock
) -> None:
    """product.md, Recognised: not in search, cards or counts."""
    set_up(store)
    add_visit(store, safety="confidential")
    add_visit(store, headcount=4)
    clerk = gathered(store)
    assert (clerk.batches, clerk.people, len(clerk.rows)) == (1, 4, 1)
    head = gathered(store, "head")
    assert (head.batches, head.people, len(head.rows)) == (2, 5, 2)


def test_a_void_visit_is_not_in_the_book(store: Store, fake_clock: FakeClock) -> None:
    set_up(store)
    visit_id, _matter = add_visit(store)
    with store.write("u1") as rows:
        rows.get_one(type(factories.visit()), visit_id).tombstone("重复登记")
    assert gathered(store).batches == 0


def test_a_period_backwards_or_too_long_is_refused(
    store: Store, fake_clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_up(store)
    add_visit(store)
    with pytest.raises(InputProblem):
        gathered(store, days=-1)
    monkeypatch.setattr(ledger_rows, "MOST_ROWS", 0)
    with pytest.raises(InputProblem, match="一册装不下"):
        gathered(store)
