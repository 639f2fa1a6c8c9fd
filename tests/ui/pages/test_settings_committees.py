"""设置 › 调委会: a first committee with its mediators, corrections, what the law would doubt."""

from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from desk.models.store import Store
from desk.services.committee_values import CommitteeForm
from desk.ui.pages.settings.committees import CommitteesSection, _form_of, _mediator_form_of
from tests.fakes import FakeClock, RecordingNotices, SlowTasks
from tests.ui.pages import mediation_stage as stage


@pytest.fixture
def head(store: Store, fake_clock: FakeClock) -> stage.CaseStage:
    return stage.store_room(store).as_user("head", name="周某某")


@pytest.fixture
def section(head: stage.CaseStage, qtbot: QtBot) -> CommitteesSection:
    made = CommitteesSection(stage.context_of(head))
    qtbot.addWidget(made)
    made.load()
    return made


def test_a_committee_and_its_mediators_are_shown(section: CommitteesSection) -> None:
    assert section.lines["name"].text() == "示例镇人民调解委员会"
    assert "本机编" in section._number.text()
    assert section.people.rows.rowCount() == 2
    assert "3 至 9 人" in section._doubts.text()


def test_another_committee_gets_a_mediator(section: CommitteesSection, head: stage.CaseStage) -> None:
    section._new()
    section.mediator["mediator_name"].setText("吴某")
    section._save_mediator()
    assert section.rows["name"].field.property("wrong")
    section.lines["name"].setText("示例村人民调解委员会")
    section.lines["short_name"].setText("示例村")
    section.kind.set_value("village")
    section._save()
    names = [each.name for each in head.committees.list()]
    assert "示例村人民调解委员会" in names
    section.mediator["mediator_name"].setText("吴某")
    section.mediator["mediator_phone"].setText("13900000001")
    section._save_mediator()
    (mediator,) = [each for each in head.committees.mediators() if each.name == "吴某"]
    assert mediator.phone_masked == "139****0001"
    section.people.choose(mediator.id)
    section._on_retire()
    assert [each.active for each in head.committees.mediators() if each.id == mediator.id] == [False]


def test_it_is_half_typed_until_it_is_saved(section: CommitteesSection) -> None:
    assert not section.is_half_typed()
    section.lines["court"].setText("示例市人民法院")
    assert section.is_half_typed()
    section._save()
    assert not section.is_half_typed()
    section.mediator["mediator_name"].setText("吴某")
    assert section.is_half_typed()
    section._save_mediator()
    assert not section.is_half_typed()


def test_a_committee_without_a_name_is_refused_at_its_field(section: CommitteesSection) -> None:
    section._new()
    section._save()
    assert section.rows["name"].field.property("wrong")
    notices = section.context.notices
    assert isinstance(notices, RecordingNotices)
    assert notices.crashes == []


def test_what_another_desk_changed_meanwhile_is_asked_about(
    section: CommitteesSection, head: stage.CaseStage
) -> None:
    committee_id = section._id
    base = _form_of(head.committees.get(committee_id))
    head.committees.save(replace(base, court="甲县人民法院", area="全镇"), committee_id, base)
    section.lines["court"].setText("乙县人民法院")
    section.lines["address"].setText("示例路 1 号")
    section._save()
    assert list(section.overtaken.choices) == [("court",)]
    assert section.lines["court"].text() == "乙县人民法院"
    section.overtaken.choices[("court",)][0].click()
    assert section.lines["area"].text() == "全镇"
    section._save()
    row = head.committees.get(committee_id)
    assert (row.court, row.area, row.address) == ("乙县人民法院", "全镇", "示例路 1 号")


def test_a_mediator_changed_meanwhile_keeps_both_changes(
    section: CommitteesSection, head: stage.CaseStage
) -> None:
    one = head.committees.mediators()[0]
    section.people.choose(one.id)
    section._choose_mediator(one.id)
    base = _mediator_form_of(one)
    head.committees.save_mediator(
        one.committee_id, replace(base, phone="13900000123", licence_no="甲 1"), one.id, base
    )
    section.mediator["licence_no"].setText("乙 2")
    section._save_mediator()
    section.overtaken_mediator.choices[("licence_no",)][1].click()
    section._save_mediator()
    (row,) = [each for each in head.committees.mediators() if each.id == one.id]
    assert (row.phone_masked, row.licence_no) == ("139****0123", "甲 1")


def test_a_question_that_comes_late_is_not_asked_over_another_committee(
    head: stage.CaseStage, qtbot: QtBot
) -> None:
    other = head.committees.save(CommitteeForm(name="示例村人民调解委员会", short_name="示例村")).value.id
    context = stage.context_of(head, tasks=SlowTasks)
    section = CommitteesSection(context)
    qtbot.addWidget(section)
    section.show()
    section.load()
    section._choose(head.committee_id)
    base = _form_of(head.committees.get(head.committee_id))
    head.committees.save(replace(base, court="甲县人民法院"), head.committee_id, base)
    section.lines["court"].setText("乙县人民法院")
    assert isinstance(context.tasks, SlowTasks)
    context.tasks.hold("write")
    section._save()
    section._choose(other)
    context.tasks.let_go()
    assert section.overtaken.isHidden()
    assert section.lines["name"].text() == "示例村人民调解委员会"
    assert isinstance(context.notices, RecordingNotices)
    assert any("已由别处改过" in text for kind, text in context.notices.said if kind == "fail")
