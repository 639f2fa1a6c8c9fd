"""One dispute by its seven tabs, from the first word to the archived dossier; and the ways it may end."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from desk.services.papers import Paper
from desk.services.pdf.decode import Told
from desk.ui.pages.mediation.case_head import CaseHead
from desk.ui.preview.window import PaperWindow
from desk.ui.window import MainWindow
from tests.ui.pages import mediation_stage as stage
from tests.ui.pages.mediation_stage import opened, tab
from tests.unit.services.attachments import samples
from tests.unit.services.mediation.test_mediator_check import advised

room, desk = stage.room, stage.desk
CONTROL = Qt.KeyboardModifier.ControlModifier


def state(case: stage.Case) -> str:
    assert case.card is not None
    return case.card.state


def paint(part: Any, **values: object) -> None:
    for name, value in values.items():
        part.fields.fields[name].paint(value)


def test_a_head_offers_nothing_until_its_case_is_read(
    desk: MainWindow, room: stage.CaseStage, qtbot: QtBot
) -> None:
    empty = CaseHead()
    qtbot.addWidget(empty)
    assert not empty.papers.isEnabled()
    assert not empty.main.isEnabled()
    head = opened(desk, room.registered()).view.head
    assert head.papers.isEnabled()
    assert head.main.isEnabled()


def test_what_is_missing_is_said_and_led_to(desk: MainWindow, room: stage.CaseStage, qtbot: QtBot) -> None:
    case = opened(desk, room.registered(dispute_type=""))
    case.view.show_tab("dossier")
    case.steps.take("accept")
    assert case.view.current() == "accept"
    assert tab(case, "accept").fields.fields["dispute_type"].widget.hasFocus()
    assert "请选择纠纷类型。" in case.view._words.text()
    assert state(case) == "registered"


def test_accepted_on_a_day_with_its_number(desk: MainWindow, room: stage.CaseStage, qtbot: QtBot) -> None:
    case = opened(desk, room.registered())
    assert case.view.head.main.text() == "受理"
    qtbot.keyClick(case.view, Qt.Key.Key_Return, CONTROL)
    assert state(case) == "accepted"
    assert "第27号" in case.view.head._number.text()
    assert "accept" not in case.view.steps.buttons


def test_tabs_that_wait_for_the_acceptance_say_so(
    desk: MainWindow, room: stage.CaseStage, qtbot: QtBot
) -> None:
    case = opened(desk, room.registered())
    assert tab(case, "inquiries")._none.text() == "受理以后，在这里记调查。"
    assert tab(case, "agreement")._who.text().endswith("受理以后可以起草协议。")
    qtbot.keyClick(case.view, Qt.Key.Key_Return, CONTROL)
    assert tab(case, "inquiries")._none.text() == "还没有调查记录。"
    assert "受理以后" not in tab(case, "agreement")._who.text()


def test_consent_and_rights_are_one_click_each(desk: MainWindow, room: stage.CaseStage) -> None:
    case = opened(desk, room.accepted())
    case.steps.take("mediate")
    assert case.view.current() == "people"
    first, second = tab(case, "people").blocks()
    second.agree.click()
    for at in (0, 1):
        tab(case, "people").blocks()[at].tell.click()
    assert case.card is not None
    assert [each.consent for each in case.card.parties] == ["applied", "agreed"]
    assert all(each.told_on is not None for each in case.card.parties)
    assert first is not None


def test_a_sitting_is_written_with_the_four_moves(
    desk: MainWindow, room: stage.CaseStage, qtbot: QtBot
) -> None:
    case = opened(desk, room.willing())
    case.steps.take("mediate")
    part = tab(case, "sittings")
    assert not part.form_card.isHidden()
    assert "轮流" in part.fields.fields["talk"].widget.placeholderText()
    paint(part, place="示例镇调解室", openness="closed", informed=True, avoidance="none", recorder="周某")
    paint(part, talk="双方各自陈述。", result="continue")
    qtbot.keyClick(case.view, Qt.Key.Key_Return, CONTROL)
    assert "核实的事实" in case.view._words.text()
    assert not part.form_card.isHidden()
    paint(part, verification="到现场看过。")
    qtbot.keyClick(case.view, Qt.Key.Key_Return, CONTROL)
    assert state(case) == "mediating"
    assert part.form_card.isHidden()
    assert case.card is not None
    assert [each.name for each in case.card.sittings[0].present] == ["钱某", "冯某", "王某某"]


def test_an_inquiry_by_one_alone_is_refused(desk: MainWindow, room: stage.CaseStage) -> None:
    case = opened(desk, room.accepted())
    case.steps.take("investigate")
    part = tab(case, "inquiries")
    paint(part, place="示例路 8 号", respondent="冯某", recorder="周某", text="问：漏水多久了？答：两个月。")
    part.keep.click()
    assert part.fields.row("investigators").field.property("wrong")
    paint(part, investigators=("王某某", "周某"))
    part.keep.click()
    assert state(case) == "investigating"
    part.table.selectRow(0)
    part._open(part.table.key())
    part.drop.click()
    assert case.card is not None
    assert case.card.inquiries == ()


def test_an_agreement_needs_every_signature_and_the_seal(
    desk: MainWindow, room: stage.CaseStage, qtbot: QtBot
) -> None:
    case_id = room.mediating()
    case = opened(desk, case_id)
    part = tab(case, "agreement")
    part.paint(room.agreement())
    part.touch()
    qtbot.keyClick(case.view, Qt.Key.Key_S, CONTROL)
    assert case.card is not None
    assert case.card.agreement is not None
    assert case.card.agreement.total_text.startswith("2,600.00 元")
    case.steps.take("agree_written")
    assert state(case) == "mediating"
    assert "没有加盖" in part.signatures._problem.text()
    for _place in range(5):
        buttons = part.signatures._lines.findChildren(QPushButton)
        next(each for each in buttons if each.text() == "登记").click()
    case.steps.take("agree_written")
    assert state(case) == "agreed_written"
    assert part._lines()[0].fields.row("text").field.isReadOnly()
    assert "2026-11-23" in part._derived.text()


def test_terms_follow_up_and_archive(desk: MainWindow, room: stage.CaseStage, qtbot: QtBot) -> None:
    case = opened(desk, room.agreed())
    after = tab(case, "after")
    for _term in range(2):
        after.performance.done.click()
    case.steps.take("perform_all")
    assert state(case) == "performed"
    case.steps.take("follow_up")
    paint(after.follow_up, performance="performed")
    after.follow_up.save.click()
    assert after.follow_up.fields.row("satisfaction").field.property("wrong")
    paint(after.follow_up, satisfaction="satisfied")
    after.follow_up.save.click()
    assert state(case) == "followed_up"
    assert not after.follow_up.is_open()
    case.steps.take("archive")
    dossier = tab(case, "dossier")
    paint(dossier, keeping="years_10")
    dossier.archive.click()
    assert state(case) == "followed_up"
    assert "身份证明" in case.view._words.text()
    assert stage.said(desk) == [], "once is enough"
    assert case.view.current() == "dossier"


def test_what_a_step_refuses_is_said_once_and_leads_to_its_field(
    desk: MainWindow, room: stage.CaseStage, qtbot: QtBot
) -> None:
    case = opened(desk, room.mediating())
    agreement = room.agreement(reached_on=date(2026, 11, 1))
    case.view.show_tab("people")
    case.writes.do(lambda services: services.mediation.agreements.save(case.case_id, agreement))
    told = case.view._words.text()
    assert "受理日期" in told
    assert case.view.current() == "agreement"
    assert stage.said(desk) == []
    case.writes.do(lambda services: services.case_papers.make(case.case_id, "f99:x"))
    assert case.view._words.text() == "本案现在还做不出这份文书。"
    assert stage.said(desk) == []


def test_confirmation_is_asked_for_by_both_together(desk: MainWindow, room: stage.CaseStage) -> None:
    first, second = room.parties()
    with_id = type(second)(**{**vars(second), "id_no": "110105199003070011"})
    case = opened(desk, room.agreed(parties=(first, with_id)))
    card = tab(case, "after").confirmation
    card.open.click()
    paint(card, ground="committee", court="示例县人民法院")
    card._joint.set_value(())
    card.apply.click()
    assert card._joint_problem.text()
    card._joint.set_value(tuple(card._joint.boxes))
    card.apply.click()
    assert case.card is not None
    assert case.card.confirmation.state == "confirm_applied"
    card.decision_no.setText("（2026）示例民特 12 号")
    card.decide.click()
    assert case.card.confirmation.state == "confirmed_valid"


def test_sq01_after_a_withdrawal_the_court_is_asked_again(desk: MainWindow, room: stage.CaseStage) -> None:
    """The days left are said again, and an application under way stays open when the case is read anew."""
    first, second = room.parties()
    case = opened(desk, room.agreed(parties=(first, replace(second, id_no="110105199003070011"))))
    card = tab(case, "after").confirmation
    card.open.click()
    paint(card, ground="committee", court="示例县人民法院")
    card.apply.click()
    card.word.set_value("withdrawn")
    card.decide.click()
    assert case.card is not None
    assert case.card.confirmation.state == "withdrawn"
    assert not card._left.isHidden()
    assert "生效后 30 日内" in card._words.text()
    card.open.click()
    card.show_card(case.card)
    assert card.is_open()


def test_a_refusal_and_a_referral(desk: MainWindow, room: stage.CaseStage) -> None:
    case = opened(desk, room.accepted())
    case.steps.take("refuse")
    end = tab(case, "accept").end
    parties = room.party_ids(case.case_id)
    paint(end, party_id=parties[1], remedies_told=True, reason="不愿再谈")
    end.save.click()
    assert state(case) == "refused"
    assert not end.isHidden()
    other = opened(desk, room.accepted())
    other.steps.take("refer_out")
    end = tab(other, "accept").end
    end.save.click()
    assert state(other) == "accepted"
    paint(end, referred_to="示例县劳动仲裁委", reason="属于劳动仲裁")
    end.save.click()
    assert state(other) == "referred_out"


def test_the_head_looks_at_what_stands_against_a_mediator_and_judges_a_namesake(
    room: stage.CaseStage, qtbot: QtBot
) -> None:
    """FL-11: the mediator learns only that another is wanted; the head has the way out."""
    advised(room, phone="13700000009")
    case_id = room.registered()
    for who, buttons in ((room, 0), (room.as_user("head", user_id="head", name="周某某"), 2)):
        context = stage.context_of(who, "年龄相差二十岁")
        window = stage.open_window(context, qtbot)
        case = opened(window, case_id)
        conflicts = tab(case, "accept").conflicts
        assert not conflicts.isHidden()
        found = conflicts.findChildren(QPushButton)
        assert len(found) == buttons
        if buttons:
            look, judge = found
            look.click()
            said = "调解员 王某某 与法律咨询 ZX2026-A0001有关。只有姓名相同，核对后可以认定同名。"
            assert ("warn", said) in context.notices.said  # type: ignore[attr-defined]  # recorded
            judge.click()
            assert case.card is not None
            assert case.card.mediators[0].conflict == "namesake"
            assert conflicts.isHidden()
        window.close()


def test_clock_is_made_longer_and_stopped(desk: MainWindow, room: stage.CaseStage) -> None:
    case = opened(desk, room.accepted())
    clock = tab(case, "accept").clock
    clock._who.set_value(tuple(clock._who.boxes))
    clock.reason.setText("等鉴定")
    clock.extend.click()
    assert case.card is not None
    assert [each.kind for each in case.card.extensions] == ["extension"]
    clock.pause.click()
    assert case.card.clocks[0].paused
    clock.resume.click()
    assert not case.card.clocks[0].paused


def test_words_of_every_tab_come_back_after_a_kill(
    desk: MainWindow, room: stage.CaseStage, qtbot: QtBot
) -> None:
    case_id = room.mediating()
    case = opened(desk, case_id)
    part = tab(case, "sittings")
    part.begin("")
    paint(part, talk="写到一半")
    tab(case, "agreement").fields.fields["issues"].paint("还没写完")
    case.view.go_to("issues", "agreement")
    case.keeper.save()
    again = stage.open_window(stage.context_of(room), qtbot)
    page = stage.page_of(again)
    ((key, _words),) = page.cases.tabs()
    page._show(key)
    back = stage.shown_case(again)
    assert back.view.current() == "agreement"
    assert back.view.part("agreement").focused() == "issues"
    assert tab(back, "agreement").fields.fields["issues"].read() == "还没写完"
    assert tab(back, "sittings").fields.fields["talk"].read() == "写到一半"
    again.close()


def test_a_case_is_void_only_with_a_reason(desk: MainWindow, room: stage.CaseStage) -> None:
    case = opened(desk, room.registered())
    case.steps.take("void")
    assert stage.page_of(desk).cases.tabs() == []
    assert room.services.cases.page().rows == ()


def test_the_case_from_a_visit_can_be_done_on_one_page(desk: MainWindow, room: stage.CaseStage) -> None:
    case = opened(desk, room.registered())
    case.steps.take("settle")
    small = stage.shown_small(desk)
    assert small.case_id == case.case_id
    assert small.view.value().case.parties[0].name == "钱某"


def test_scans_belong_to_the_row_that_is_chosen(here: None, desk: MainWindow, room: stage.CaseStage) -> None:
    case_id = room.accepted()
    case = opened(desk, case_id)
    part = tab(case, "dossier")
    rows = [each for each in case.card.dossier.rows if each.key == "identity"]  # type: ignore[union-attr]  # it is shown
    part.list.choose(f"identity:{rows[1].label}")
    assert rows[1].label in part.scans.words.text()
    part.scans.scans.add((samples.photo(),))
    (kept,) = desk._context.services.attachments.list("mediation", case_id)
    assert (kept.slot, kept.party_id) == ("identity", room.party_ids(case_id)[1])


def test_a_paper_is_shown_to_be_printed(desk: MainWindow, room: stage.CaseStage, qtbot: QtBot) -> None:
    case = opened(desk, room.accepted())
    case.printer.print_due()
    (shown,) = desk.findChildren(PaperWindow)
    assert shown.isVisible()
    shown.reject()
    case.printer.fill(desk._context.services.case_papers.papers(case.case_id))
    words = [each.text() for each in case.printer.menu.actions()]
    assert any(text.startswith("F-02") for text in words)


def test_a_dossier_is_bound_under_a_veil_and_can_be_called_off(
    desk: MainWindow, room: stage.CaseStage, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = opened(desk, room.agreed())
    case.printer.print("dossier")
    (shown,) = desk.findChildren(PaperWindow)
    assert shown.windowTitle() == "人民调解卷宗"
    shown.reject()
    papers, dossier = desk._context.services.case_papers, desk._context.services.case_papers.dossier

    def called_off(case_id: str, told: Told | None = None) -> Paper:
        case.printer._veil.cancelled.emit()
        return dossier(case_id, told=told)

    monkeypatch.setattr(papers, "dossier", called_off)
    case.printer.print("dossier")
    assert case.printer._veil.isHidden()
    assert stage.said(desk) == []
    monkeypatch.setattr(papers, "dossier", lambda *_args, **_rest: papers.make(case.case_id, "f99:x"))
    case.printer.print("dossier")
    assert case.printer._veil.isHidden()
    assert stage.said(desk) == ["本案现在还做不出这份文书。"]


def test_while_signatures_are_missing_the_main_step_prints_their_page(
    desk: MainWindow, room: stage.CaseStage, qtbot: QtBot
) -> None:
    case_id = room.mediating()
    room.services.agreements.save(case_id, room.agreement())
    case = opened(desk, case_id)
    assert case.view.head.main.text() == "打印签字页"
    assert "agree_written" in case.view.steps.buttons
    qtbot.keyClick(case.view, Qt.Key.Key_Return, CONTROL)
    (shown,) = desk.findChildren(PaperWindow)
    assert shown.isVisible()
    shown.reject()
    room.signed(case_id)
    case.reader.load()
    assert case.view.head.main.text() == "登记书面协议生效"
