"""调委会 and mediators: kept by the head; short names and numbers never collide (LZ-04, CL-5, MED-18)."""

from dataclasses import replace
from datetime import date

import pytest

from desk.errors import AccessProblem, InputProblem
from desk.models.store import Store
from desk.rules.profile import Profile, Row, overlay
from desk.services.committee_values import CommitteeForm, MediatorForm
from desk.services.overtaken import Overtaken
from desk.services.profiles import Profiles
from tests.fakes import FakeClock
from tests.unit.services.mediation.case_stage import CaseStage
from tests.unit.services.mediation.case_stage import room as build_room

FORM = CommitteeForm(name="乾佑村人民调解委员会", short_name="乾佑", kind="village", court="示例县人民法院")


@pytest.fixture
def room(store: Store, fake_clock: FakeClock) -> CaseStage:
    """Give the test the head of a station that has one committee."""
    return build_room(store, "head")


def test_a_new_committee_is_numbered_by_this_pc(room: CaseStage) -> None:
    row = room.committees.save(FORM).value
    assert (row.kind_label, row.gives_numbers, row.number_device_letter) == ("村调委会", True, "A")
    assert (row.number_year, row.number_from) == (2026, 1)
    assert [each.name for each in room.committees.list()] == ["乾佑村人民调解委员会", "示例镇人民调解委员会"]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name": " "}, "name"),
        ({"short_name": ""}, "short_name"),
        ({"short_name": "示例"}, "short_name"),
        ({"number_from": 0}, "number_from"),
        ({"number_device": "nowhere"}, "number_device"),
    ],
)
def test_what_cannot_be_a_committee(room: CaseStage, changes: dict[str, object], field: str) -> None:
    with pytest.raises(InputProblem) as told:
        room.committees.save(replace(FORM, **changes))
    assert told.value.field == field


def test_only_the_head_keeps_committees(room: CaseStage) -> None:
    with pytest.raises(AccessProblem):
        room.as_user("mediator").committees.save(FORM)
    with pytest.raises(AccessProblem):
        room.as_user("clerk").committees.save(FORM)


def test_mediators_come_and_leave(room: CaseStage) -> None:
    added = room.committees.save_mediator(
        room.committee_id, MediatorForm(name="吴某某", kind="engaged", phone="13800000009")
    ).value
    assert (added.kind_label, added.phone_masked, added.active) == ("聘任调解员", "138****0009", True)
    changed = MediatorForm(name="吴某某", kind="member", phone="138****0009")
    assert room.committees.save_mediator(room.committee_id, changed, added.id).value.kind == "member"
    room.committees.retire_mediator(added.id)
    assert added.id not in {row.id for row in room.services.cases.frame().mediators}
    assert [row.name for row in room.committees.mediators(room.committee_id) if not row.active] == ["吴某某"]


def test_what_the_law_asks_of_a_committee_is_shown(room: CaseStage) -> None:
    """MED-18: three to nine, one head, women; three years; where the profile says so, the smaller peoples."""
    doubts = room.committees.doubts(room.committee_id)
    assert "人民调解委员会应由 3 至 9 人组成，现在登记了 1 人。" in doubts
    assert "人民调解委员会应当有妇女成员。" in doubts
    assert not any("任期" in words or "民族" in words for words in doubts)
    over = room.as_user("head").committees.save(replace(FORM, term_until=date(2026, 11, 22))).value.id
    assert any("已经届满" in words for words in room.committees.doubts(over))
    mixed = Row("mediation.mixed_area", True, "flag", date(2026, 1, 1), "本地设定")
    plain = Profiles.current
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(
            Profiles, "current", lambda self: overlay(plain(self), Profile("示例县", "1", (mixed,)))
        )
        assert any("人数较少民族" in words for words in room.committees.doubts(over))


def test_what_another_desk_changed_in_a_committee_stays_or_is_asked_about(room: CaseStage) -> None:
    committee_id = room.committees.save(FORM).value.id
    base = replace(FORM, number_device=room.committees.get(committee_id).number_device, number_year=2026)
    room.committees.save(replace(base, phone="0571-11111111", court="甲县人民法院"), committee_id, base)
    row = room.committees.save(replace(base, address="示例路 1 号"), committee_id, base).value
    assert (row.phone, row.address) == ("0571-11111111", "示例路 1 号")
    with pytest.raises(Overtaken) as told:
        room.committees.save(replace(base, court="乙县人民法院"), committee_id, base)
    assert [(each.mine, each.theirs) for each in told.value.fields] == [("乙县人民法院", "甲县人民法院")]


def test_what_another_desk_changed_in_a_mediator_stays_or_is_asked_about(room: CaseStage) -> None:
    keep = room.committees.save_mediator
    base = MediatorForm(name="吴某某", phone="13800000009", licence_no="1")
    added = keep(room.committee_id, base).value.id
    base = replace(base, phone="138****0009")
    keep(room.committee_id, replace(base, phone="13800000010", name_initials="wmm"), added, base)
    row = keep(room.committee_id, replace(base, licence_no="2", phone="138 0000 0010"), added, base).value
    assert (row.phone_masked, row.licence_no) == ("138****0010", "2")
    with pytest.raises(Overtaken):
        keep(room.committee_id, replace(base, phone="13800000011"), added, base)
