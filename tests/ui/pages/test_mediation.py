"""矛盾调解 at the desk: the list, the small case on one page, drafts, several cases as tabs."""

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLabel, QLineEdit, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from desk.models.committee import Committee
from desk.services.mediation.forms import (
    AgentForm,
    CaseForm,
    ParticipantForm,
    PartyForm,
    SmallCaseForm,
    TermForm,
)
from desk.ui.pages.mediation.form_text import from_text, to_text
from desk.ui.pages.mediation.list_view import ListView
from desk.ui.pages.mediation.party_line import PartyLine
from desk.ui.pages.mediation.term_line import TermLine
from desk.ui.preview.window import PaperWindow
from desk.ui.window import MainWindow
from tests.fakes import FakeClock
from tests.ui.pages import mediation_stage as stage

room, desk = stage.room, stage.desk
CONTROL = Qt.KeyboardModifier.ControlModifier


def new(desk: MainWindow, qtbot: QtBot) -> stage.SmallCase:
    qtbot.keyClick(stage.page_of(desk).list.table, Qt.Key.Key_N, CONTROL)
    return stage.shown_small(desk)


def fill(small: stage.SmallCase, room: stage.CaseStage, **changes: object) -> None:
    form = room.small(**changes)
    list(small.view.filling(form))
    small.view.touched.emit()


def test_a_form_comes_back_from_its_text(room: stage.CaseStage) -> None:
    agent = AgentForm(name="孙某", powers=("evidence", "claims"))
    first, second = room.parties()
    form = room.small(case=room.form(parties=(replace(first, agents=(agent,)), second)))
    assert from_text(SmallCaseForm, to_text(form)) == form
    assert from_text(CaseForm, '{"title": "通道", "newer": 1}').title == "通道"


def test_the_list_tells_what_to_do_while_it_is_empty(desk: MainWindow, room: stage.CaseStage) -> None:
    page = stage.page_of(desk)
    assert page.list._stack.currentWidget() is page.list._nothing
    case_id = room.agreed()
    room.registered(title="宅基地界址")
    page.load()
    table = page.list.table
    assert [table.rows.data(table.rows.index(0, at)) for at in (2, 3, 5)] == [
        "宅基地界址",
        "钱某 / 冯某",
        "已登记",
    ]
    assert page.list.filters.chips.button("agreed").text() == "待履行 1"
    page.list.filters.chips.button("agreed").click()
    assert [table.rows.key(0), table.rows.rowCount()] == [case_id, 1]
    page.list.filters.chips.button("archived").click()
    assert page.list._stack.currentWidget() is page.list._none_found


def test_without_a_committee_the_way_out_stands_above_cases_that_came_of_visits(
    desk: MainWindow, room: stage.CaseStage
) -> None:
    """LZ-04."""
    page = stage.page_of(desk)
    assert not page.list._lacking.isVisibleTo(page)
    room.registered()
    with room.store.write_confirmed() as rows:
        rows.get_one(Committee, room.committee_id).tombstone("撤销")
    page.load()
    assert page.list._stack.currentWidget() is page.list.table
    assert page.list._lacking.isVisibleTo(page)
    asked = []
    page.list.setup_wanted.connect(lambda: asked.append(True))
    page.list._set_up.click()
    assert asked


def test_words_narrow_the_list(desk: MainWindow, room: stage.CaseStage, qtbot: QtBot) -> None:
    room.registered()
    room.registered(title="宅基地界址")
    page = stage.page_of(desk)
    page.load()
    qtbot.keyClick(page.list, Qt.Key.Key_F, CONTROL)
    assert page.list.filters.text.hasFocus()
    page.list.filters.text.setText("宅基地")
    with qtbot.waitSignal(page.list.filters.changed):
        page.list.filters.text.textEdited.emit("宅基地")
    qtbot.waitUntil(lambda: page.list.table.rows.rowCount() == 1)


def test_a_small_case_is_done_on_one_page(desk: MainWindow, room: stage.CaseStage, qtbot: QtBot) -> None:
    small = new(desk, qtbot)
    qtbot.keyClick(small.view, Qt.Key.Key_Return, CONTROL)
    assert "申请人" in " ".join(each.text() for each in small.view.findChildren(QLabel))
    assert stage.said(desk) == [], "once is enough"
    fill(small, room)
    qtbot.keyClick(small.view, Qt.Key.Key_Return, CONTROL)
    (row,) = room.services.cases.page().rows
    assert (row.state, row.case_no, row.small) == ("agreed_oral", "〔2026〕示例人调字第27号", True)
    assert stage.shown_case(desk).card is not None
    assert desk._context.services.drafts.load_all("mediation") == ()


def test_done_on_the_spot_needs_no_way_of_performance(
    desk: MainWindow, room: stage.CaseStage, qtbot: QtBot
) -> None:
    small = new(desk, qtbot)
    fill(small, room)
    small.view.performed.setChecked(True)
    assert not small.view.fields.row("mode").isVisible()
    small.settle()
    (row,) = room.services.cases.page().rows
    assert row.state == "performed"


def test_what_is_missing_stands_beside_its_field(
    desk: MainWindow, room: stage.CaseStage, qtbot: QtBot
) -> None:
    small = new(desk, qtbot)
    fill(small, room, case=room.form(dispute_type=""))
    small.settle()
    combo = small.view.fields.fields["dispute_type"].widget
    assert combo.accessibleDescription().endswith("请选择纠纷类型。") or combo.property("wrong")
    assert combo.hasFocus()
    assert room.services.cases.page().rows == ()


def test_a_sum_is_said_in_han_words_at_once(desk: MainWindow, qtbot: QtBot) -> None:
    small = new(desk, qtbot)
    (line,) = small.view.terms.lines
    assert isinstance(line, TermLine)
    assert not line._payee.isVisible()
    amount = line.fields.fields["amount"]
    amount.paint("2,600")
    assert line._words.text() == "贰仟陆佰元整"
    qtbot.waitUntil(line._payee.isVisible)
    amount.paint("26.125")
    assert line.fields.row("amount").field.property("wrong")


def test_a_line_taken_away_comes_back_by_undo(desk: MainWindow, room: stage.CaseStage, qtbot: QtBot) -> None:
    small = new(desk, qtbot)
    fill(small, room)
    first = small.view.terms.lines[0]
    assert isinstance(first, TermLine)
    first.drop.click()
    assert len(small.view.terms.value()) == 2
    small.view.terms.undo.click()
    assert small.view.terms.value()[0].text == "修复自家水管"


def test_half_typed_words_come_back_with_the_cursor(
    desk: MainWindow, room: stage.CaseStage, qtbot: QtBot
) -> None:
    small = new(desk, qtbot)
    fill(small, room)
    small.view.go_to("summary")
    small.keeper.save()
    again = stage.open_window(stage.context_of(room), qtbot)
    page = stage.page_of(again)
    ((key, _words),) = page.cases.tabs()
    page._show(key)
    back = stage.shown_small(again)
    assert back.view.value().case.parties[0].name == "钱某"
    assert back.view.focused() == "summary"
    assert back.dirty
    again.close()


def test_giving_up_asks_when_words_would_be_lost(
    desk: MainWindow, room: stage.CaseStage, qtbot: QtBot
) -> None:
    small = new(desk, qtbot)
    fill(small, room)
    small.view.give_up.click()
    assert any("会丢掉" in text for text in stage.said(desk, "ask"))
    assert stage.page_of(desk).cases.tabs() == []


def test_the_long_way_registers_and_opens_the_tabs(
    desk: MainWindow, room: stage.CaseStage, qtbot: QtBot
) -> None:
    small = new(desk, qtbot)
    fill(small, room)
    small.view.full.click()
    case = stage.shown_case(desk)
    assert case.card is not None
    assert case.card.state == "registered"
    assert case.view.current() == "accept"


def test_somebody_known_is_offered_and_stays_starred(
    desk: MainWindow, room: stage.CaseStage, qtbot: QtBot
) -> None:
    room.base.finished(name="李梅兰", phone="13800006621", address="示例社区 2 幢")
    small = new(desk, qtbot)
    line = small.view.parties.lines[0]
    assert isinstance(line, PartyLine)
    name = line.fields.fields["name"].widget
    assert isinstance(name, QLineEdit)
    name.setFocus()
    qtbot.keyClicks(name, "lml")
    qtbot.waitUntil(small.view.matcher.list.isVisible)
    qtbot.keyClick(name, Qt.Key.Key_Down)
    qtbot.keyClick(name, Qt.Key.Key_Return)
    form = line.value()
    assert (form.name, form.phone, bool(form.person_id)) == ("李梅兰", "138****6621", True)
    name.setText("李某")
    assert (line.value().phone, line.value().person_id) == ("", "")


def test_a_clerk_registers_and_leaves_the_rest_to_the_mediator(room: stage.CaseStage, qtbot: QtBot) -> None:
    clerk = room.as_user("clerk")
    window = stage.open_window(stage.context_of(clerk), qtbot)
    stage.page_of(window).show_record("new")
    small = stage.shown_small(window)
    assert not small.view.settle.isEnabled()
    fill(small, room)
    qtbot.keyClick(small.view, Qt.Key.Key_Return, CONTROL)
    (row,) = room.services.cases.page().rows
    assert row.state == "registered"
    window.close()


def test_several_cases_stay_open_as_tabs(desk: MainWindow, room: stage.CaseStage, qtbot: QtBot) -> None:
    first, second = room.registered(title="楼道堆物"), room.registered(title="宅基地界址")
    page = stage.page_of(desk)
    for case_id in (first, second, first):
        desk.show_page("mediation", case_id)
    assert [words for _key, words in page.cases.tabs()] == ["楼道堆物", "宅基地界址"]
    assert stage.shown_case(desk).case_id == first
    qtbot.keyClick(page, Qt.Key.Key_Escape)
    assert page.list.isVisible()


def test_every_control_has_a_name_for_screen_readers(
    desk: MainWindow, room: stage.CaseStage, qtbot: QtBot
) -> None:
    small = new(desk, qtbot)
    fill(small, room)
    named(small.view)
    desk.show_page("mediation", room.registered())
    case = stage.shown_case(desk)
    for key in case.view.tab_keys():
        case.view.show_tab(key)
    named(case.view)


def named(view: QWidget) -> None:
    for kind in (QLineEdit, QPlainTextEdit, QAbstractButton, QComboBox):
        for each in view.findChildren(kind):
            if not each.isVisibleTo(view) or each.objectName().startswith("qt_"):
                continue
            if each.focusPolicy() & Qt.FocusPolicy.TabFocus:
                text = each.text() if isinstance(each, QAbstractButton) else ""
                # A choice is named by its words, and by the label it is the buddy of.
                chosen = each.currentText() if isinstance(each, QComboBox) else ""
                assert each.accessibleName() or text or chosen, each


def test_sides_and_reveals(desk: MainWindow, room: stage.CaseStage) -> None:
    case_id = room.registered()
    desk.show_page("mediation", case_id)
    case = stage.shown_case(desk)
    case.view.show_tab("people")
    part = case.view.part("people")
    (first, _second) = part.blocks()  # type: ignore[attr-defined]  # the tab of the people
    assert first.value().phone == "139****0172"
    first._reveals["phone"].click()
    assert first.fields.fields["phone"].widget.text() == "13900000172"
    assert first.value().phone == "139****0172"
    assert not case.dirty


def test_the_phone_of_a_helper_is_shown_on_request(desk: MainWindow, room: stage.CaseStage) -> None:
    helps = ParticipantForm(name="孙某某", relation="neighbour", phone="13700000001")
    desk.show_page("mediation", room.registered(participants=(helps,)))
    case = stage.shown_case(desk)
    case.view.show_tab("people")
    (line,) = case.view.part("people").helpers.lines  # type: ignore[attr-defined]  # the tab of the people
    assert line.value().phone == "137****0001"
    line.reveal.click()
    assert line.fields.fields["phone"].widget.text() == "13700000001"
    assert not line.reveal.isVisibleTo(line)
    assert not case.dirty


def test_changes_are_saved_by_ctrl_s(desk: MainWindow, room: stage.CaseStage, qtbot: QtBot) -> None:
    case_id = room.registered()
    desk.show_page("mediation", case_id)
    case = stage.shown_case(desk)
    fields = case.view.part("accept").fields  # type: ignore[attr-defined]  # the tab 受理
    fields.fields["title"].paint("楼上漏水")
    assert case.dirty
    case.view.show_tab("people")
    people = case.view.part("people")
    people.parties.set_value(  # type: ignore[attr-defined]  # the tab of the people
        [*room.services.cases.form(case_id).parties, PartyForm(side="respondent", name="吴某")]
    )
    people.touch()
    qtbot.keyClick(case.view, Qt.Key.Key_S, CONTROL)
    form = room.services.cases.form(case_id)
    assert (form.title, [each.name for each in form.parties]) == ("楼上漏水", ["钱某", "冯某", "吴某"])
    assert not case.dirty


def test_an_empty_term_is_no_term() -> None:
    assert TermForm() == from_text(TermForm, to_text(TermForm()))


def test_ctrl_p_finishes_and_shows_the_light_set(
    desk: MainWindow, room: stage.CaseStage, qtbot: QtBot
) -> None:
    small = new(desk, qtbot)
    fill(small, room)
    qtbot.keyClick(small.view, Qt.Key.Key_P, CONTROL)
    (shown,) = desk.findChildren(PaperWindow)
    assert shown.isVisible()
    shown.reject()
    (row,) = room.services.cases.page().rows
    assert row.state == "agreed_oral"


def test_a_case_that_is_still_being_built_does_not_come_over_the_list(
    room: stage.CaseStage, qtbot: QtBot
) -> None:
    context = stage.context_of(room)
    waiting: list[tuple[object, object]] = []
    by_turns = context.tasks.by_turns
    window = stage.open_window(context, qtbot)
    page = stage.page_of(window)
    context.tasks.by_turns = lambda steps, **rest: waiting.append((steps, rest))  # type: ignore[method-assign]  # held back
    page.show_record(room.registered())
    qtbot.keyClick(page, Qt.Key.Key_Escape)
    context.tasks.by_turns = by_turns  # type: ignore[method-assign]  # the same
    for steps, rest in waiting:
        by_turns(steps, **rest)  # type: ignore[arg-type]  # as it was asked
    assert page.stack.currentWidget() is page.list
    assert len(page.cases.tabs()) == 1
    window.close()


def test_what_was_agreed_already_is_not_lost_by_the_longer_way(
    desk: MainWindow, room: stage.CaseStage, qtbot: QtBot
) -> None:
    small = new(desk, qtbot)
    fill(small, room)
    small.go_the_long_way()
    case = stage.shown_case(desk)
    qtbot.keyClick(case.view, Qt.Key.Key_S, CONTROL)
    (draft,) = desk._context.services.drafts.load_all("mediation")
    assert "agreement" in draft.fields
    case.steps.take("accept")
    qtbot.keyClick(case.view, Qt.Key.Key_S, CONTROL)
    assert case.card is not None
    assert case.card.agreement is not None
    assert len(case.card.agreement.terms) == 3
    assert desk._context.services.drafts.load_all("mediation") == ()


def test_nothing_is_said_to_be_missing_before_the_list_was_read(room: stage.CaseStage, qtbot: QtBot) -> None:
    room.registered()
    view = ListView(stage.context_of(room))
    qtbot.addWidget(view)
    view.set_frame(room.services.cases.frame())
    assert view._stack.currentWidget() is view.table
    view.load()
    assert view._stack.currentWidget() is view.table
    assert view.table.rows.rowCount() == 1


def test_over_midnight_what_is_left_of_the_days_of_a_case_in_view_is_right(
    desk: MainWindow, room: stage.CaseStage, fake_clock: FakeClock
) -> None:
    case = stage.opened(desk, room.agreed())
    assert case.view.now.clock.text() == "第 1 条 剩 7 天"
    fake_clock.set("2026-11-24T00:00:03+08:00")
    desk.idle.look()
    assert case.view.now.clock.text() == "第 1 条 剩 6 天"
