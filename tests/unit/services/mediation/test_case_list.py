"""The list of cases: keyset pages, filters, search by right, the most urgent clock."""

from dataclasses import replace

from desk.models.store import Store
from desk.services.mediation.values import CaseFilter
from tests.fakes import FakeClock
from tests.unit.services.mediation.case_stage import CaseStage
from tests.unit.services.mediation.case_stage import room as build_room


def titles(room: CaseStage, **narrow: object) -> list[str]:
    """Return the titles of the first page."""
    return [row.title for row in room.services.cases.page(replace(CaseFilter(), **narrow)).rows]


def test_pages_follow_each_other_newest_first(room: CaseStage, fake_clock: FakeClock) -> None:
    for n in range(5):
        room.registered(title=f"纠纷{n}")
        fake_clock.forward(minutes=1)
    first = room.services.cases.page(limit=2)
    second = room.services.cases.page(after=first.next_key, limit=2)
    third = room.services.cases.page(after=second.next_key, limit=2)
    shown = [row.title for page in (first, second, third) for row in page.rows]
    assert shown == [f"纠纷{n}" for n in (4, 3, 2, 1, 0)]
    assert third.next_key is None


def test_narrowed_by_state_type_mediator_and_chip(room: CaseStage) -> None:
    room.registered(title="登记的", dispute_type="contract")
    room.services.cases.settle(room.small(case=room.form(title="办结的")))
    assert titles(room, group="new") == ["登记的"]
    assert titles(room, group="agreed") == ["办结的"]
    assert titles(room, state="registered") == ["登记的"]
    assert titles(room, dispute_type="contract") == ["登记的"]
    assert titles(room, mediator_id=room.other_mediator_id) == []
    assert len(titles(room, mediator_id=room.mediator_id)) == 2
    counted = {each.group: each.count for each in room.services.cases.counts()}
    assert counted == {"new": 1, "open": 0, "agreed": 1, "ended": 0, "archived": 0}


def test_found_by_number_title_party_and_phone_tail(room: CaseStage) -> None:
    room.services.cases.settle(room.small())
    first, second = room.parties()
    room.registered(title="邻里噪音", parties=(replace(first, name="孙某", phone="13700000004"), second))
    assert titles(room, text="漏水") == ["楼上漏水赔偿纠纷"]
    assert titles(room, text="钱某") == ["楼上漏水赔偿纠纷"]
    assert titles(room, text="0004") == ["邻里噪音"]
    assert titles(room, text="〔2026〕示例人调字第27号") == ["楼上漏水赔偿纠纷"]
    assert titles(room, text="没有的") == []


def test_a_line_has_its_most_urgent_clock(room: CaseStage, fake_clock: FakeClock) -> None:
    room.services.cases.settle(room.small())
    row = room.services.cases.page().rows[0]
    assert row.parties_text == "钱某 / 冯某"
    assert row.mediators_text == "王某某"
    assert row.clock is not None
    assert (row.clock.label, row.clock.left_text) == ("第 1 条", "剩 7 天")
    fake_clock.forward(days=9)
    clock = room.services.cases.page(replace(CaseFilter(), due=True)).rows[0].clock
    assert clock is not None
    assert (clock.left_text, clock.colour) == ("逾期 2 天", "yellow")


def test_nothing_due_nothing_listed(store: Store, fake_clock: FakeClock) -> None:
    room = build_room(store)
    room.registered()
    assert titles(room, due=True) == []
