"""Search finds mediations by number, title, party and phone, and only for who may read them."""

import pytest

from desk.models.store import Store
from desk.services.search import Hit, Search
from tests.fakes import FakeClock
from tests.unit.services.mediation.case_stage import CaseStage
from tests.unit.services.mediation.case_stage import room as build_room


@pytest.fixture
def room(store: Store, fake_clock: FakeClock) -> CaseStage:
    """Give the test a mediator at the desk."""
    return build_room(store)


def hits(room: CaseStage, typed: str) -> list[Hit]:
    """Return what a user finds under 矛盾调解."""
    groups = Search(room.store, room.session).find(typed)
    return [hit for group in groups if group.label == "矛盾调解" for hit in group.hits]


@pytest.mark.parametrize("typed", ["漏水", "冯某", "0173", "TJ2026-A0001", "人调字第27号", "qm"])
def test_found_by_what_it_is_known_by(room: CaseStage, typed: str) -> None:
    case_id = room.services.cases.settle(room.small()).value.id
    (hit,) = hits(room, typed)
    assert (hit.noun, hit.record_id) == ("mediation", case_id)
    assert "楼上漏水赔偿纠纷" in hit.title


def test_a_number_that_matched_leads(room: CaseStage) -> None:
    room.services.cases.settle(room.small())
    (hit,) = hits(room, "27号")
    assert hit.title == "〔2026〕示例人调字第27号 · 楼上漏水赔偿纠纷"
    assert hit.subtitle == "已达成口头协议 · 钱某 / 冯某 · 〔2026〕示例人调字第27号"


def test_who_may_not_read_cases_never_gets_a_hit(room: CaseStage) -> None:
    room.services.cases.settle(room.small())
    for role in ("clerk", "deputy", "lawyer"):
        assert hits(room.as_user(role), "漏水") == []
    assert len(hits(room.as_user("head"), "漏水")) == 1


def test_recent_by_right(room: CaseStage) -> None:
    case_id = room.registered()
    Search(room.store, room.session).opened("mediation", case_id)
    assert [hit.record_id for hit in Search(room.store, room.session).recent()] == [case_id]
    assert Search(room.store, room.as_user("clerk").session).recent() == ()


def test_a_void_case_is_not_found(room: CaseStage) -> None:
    case_id = room.registered()
    Search(room.store, room.session).opened("mediation", case_id)
    room.services.cases.void(case_id, "重复登记")
    assert hits(room, "漏水") == []
    assert Search(room.store, room.session).recent() == ()
