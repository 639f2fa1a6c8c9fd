"""A line the record has goes by its own button only: emptied it is refused at its field, and stays."""

from dataclasses import replace
from typing import Any

from PySide6.QtWidgets import QWidget

from desk.services.mediation.forms import AgentForm, AgreementForm, ParticipantForm, TermForm
from desk.ui.pages.mediation.lines import EMPTIED
from desk.ui.window import MainWindow
from tests.ui.pages import mediation_stage as stage
from tests.ui.pages.mediation_stage import opened, tab

room, desk = stage.room, stage.desk


def emptied(line: QWidget, *names: str) -> Any:
    """Clear fields of a line by hand and return its fields."""
    fields: Any = line.fields  # type: ignore[attr-defined]  # every kind of line has fields
    for name in names:
        fields.fields[name].widget.clear()
    return fields


def test_a_recorded_party_is_not_void_because_its_line_was_cleared(
    desk: MainWindow, room: stage.CaseStage
) -> None:
    case_id = room.registered()
    before = [each.name for each in room.services.cases.form(case_id).parties]
    case = opened(desk, case_id)
    part = tab(case, "people")
    fields = emptied(part.blocks()[1], "name", "phone", "address")
    case.writes.save_all()
    assert [each.name for each in room.services.cases.form(case_id).parties] == before
    assert fields.fields["name"].widget.accessibleDescription() == EMPTIED
    assert fields.fields["name"].widget.hasFocus()
    assert part.parties._problem.isHidden()
    assert part.dirty
    part.blocks()[1].drop.click()
    assert not part.parties.undo.isHidden()
    case.writes.save_all()
    assert [each.name for each in room.services.cases.form(case_id).parties] == before[:1]


def test_a_recorded_agent_and_helper_are_not_void_because_their_lines_were_cleared(
    desk: MainWindow, room: stage.CaseStage
) -> None:
    first, second = room.parties()
    first = replace(first, agents=(AgentForm(name="周某某", relation="侄子", powers=("apply_end",)),))
    helper = ParticipantForm(name="孙某某", relation="neighbour", phone="13800000022")
    case_id = room.registered(parties=(first, second), participants=(helper,))
    case = opened(desk, case_id)
    part = tab(case, "people")
    agent = part.blocks()[0]._rest.agents.lines[0]
    emptied(agent, "name", "relation", "phone")
    agent.fields.fields["powers"].paint(())
    helping = emptied(part.helpers.lines[0], "name", "organisation", "phone")
    helping.fields["relation"].paint("")
    part.touch()
    case.writes.save_all()
    form = room.services.cases.form(case_id)
    assert [each.name for each in form.parties[0].agents] == ["周某某"]
    assert [each.name for each in form.participants] == ["孙某某"]
    for fields in (agent.fields, helping):
        assert fields.fields["name"].widget.accessibleDescription() == EMPTIED


def test_a_recorded_term_is_not_void_because_its_line_was_cleared(
    desk: MainWindow, room: stage.CaseStage
) -> None:
    case_id = room.mediating()
    terms = (TermForm(text="甲方修好水管"), TermForm(text="乙方恢复墙面"))
    room.services.agreements.save(case_id, AgreementForm(facts="漏水", terms=terms))
    case = opened(desk, case_id)
    part = tab(case, "agreement")
    fields = emptied(part.terms.lines[0], "text")
    case.writes.save_all()
    kept = [each.text for each in room.services.agreements.form(case_id).terms]
    assert kept == ["甲方修好水管", "乙方恢复墙面"]
    assert fields.fields["text"].widget.accessibleDescription() == EMPTIED
    part.terms.lines[0].drop.click()
    case.writes.save_all()
    assert [each.text for each in room.services.agreements.form(case_id).terms] == ["乙方恢复墙面"]


def test_a_party_of_whom_only_a_number_was_typed_is_asked_for_its_name(
    desk: MainWindow, room: stage.CaseStage
) -> None:
    """It is not left out without a word because name, phone and address stand empty."""
    case_id = room.registered()
    case = opened(desk, case_id)
    part = tab(case, "people")
    part.parties.adders[2].click()
    line = part.blocks()[-1]
    line.more.setChecked(True)
    line.fields.fields["occupation"].widget.setText("司机")
    case.writes.save_all()
    assert len(room.services.cases.form(case_id).parties) == 2
    assert "姓名" in case.view._words.text()


def test_a_new_line_that_was_refused_and_then_emptied_is_in_no_record(
    desk: MainWindow, room: stage.CaseStage
) -> None:
    """It has its id already, for it was on its way; the record has never had it."""
    case_id = room.registered()
    case = opened(desk, case_id)
    part = tab(case, "people")
    part.parties.adders[2].click()
    party = part.blocks()[-1]
    party.more.setChecked(True)
    party.fields.fields["phone"].widget.setText("13800000033")
    part.blocks()[0].more.setChecked(True)
    agents = part.blocks()[0]._rest.agents
    agents.more.click()
    agents.lines[0].fields.fields["phone"].widget.setText("13800000034")
    case.writes.save_all()
    assert "姓名" in case.view._words.text()
    assert part.dirty
    emptied(party, "phone")
    emptied(agents.lines[0], "phone")
    case.writes.save_all()
    assert EMPTIED not in case.view._words.text()
    assert not part.dirty
    form = room.services.cases.form(case_id)
    assert [len(each.agents) for each in form.parties] == [0, 0]


def test_a_new_term_that_was_refused_and_then_emptied_is_in_no_record(
    desk: MainWindow, room: stage.CaseStage
) -> None:
    case_id = room.mediating()
    case = opened(desk, case_id)
    part = tab(case, "agreement")
    part.fields.fields["facts"].widget.setPlainText("漏水")
    fields: Any = part.terms.lines[0].fields
    fields.fields["amount"].widget.setText("1.234")
    case.writes.save_all()
    assert part.dirty
    emptied(part.terms.lines[0], "amount")
    case.writes.save_all()
    assert not part.dirty
    assert room.services.agreements.form(case_id).facts == "漏水"
