"""Saving an open case: each tab on its own, and nothing typed or chosen meanwhile is lost."""

from collections.abc import Callable
from typing import Any

import pytest
import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from pytestqt.qtbot import QtBot

from desk.errors import InputProblem
from desk.ui.pages.mediation.party_block import PartyBlock
from desk.ui.window import MainWindow
from tests.fakes import RecordingNotices
from tests.ui.pages import mediation_stage as stage
from tests.ui.pages.mediation_room import desk, room
from tests.ui.pages.test_mediation_case import opened, paint, tab

__all__ = ["desk", "room"]


@pytest.fixture
def meanwhile(monkeypatch: pytest.MonkeyPatch) -> Callable[[Any, str, Callable[[], None]], None]:
    """Let somebody do something while a verb of a service is under way, the first time it is asked."""

    def during(service: Any, verb: str, act: Callable[[], None]) -> None:
        real, waiting = getattr(service, verb), [act]

        def slow(*args: Any, **values: Any) -> Any:
            done = real(*args, **values)
            if waiting:
                waiting.pop()()
            return done

        monkeypatch.setattr(service, verb, slow)

    return during


def written(part: Any) -> None:
    """Fill a sitting in that lacks nothing."""
    part.begin("")
    paint(part, place="示例镇调解室", openness="closed", informed=True, avoidance="none", recorder="周某")
    paint(part, talk="双方各自陈述。", verification="到现场看过。", result="continue")


@pytest.mark.parametrize("day", ["2026-13-45", "2026-12-30"])
def test_a_refused_day_in_one_tab_keeps_no_sitting_from_the_record(
    desk: MainWindow, room: stage.CaseStage, qtbot: QtBot, day: str
) -> None:
    """A day nobody can read, and one the service refuses: the sitting is saved, the day stays typed."""
    case_id = room.mediating()
    case = opened(desk, case_id)
    agreement = tab(case, "agreement")
    reached = agreement.fields.fields["reached_on"].widget
    reached.setText(day)
    sittings = tab(case, "sittings")
    written(sittings)
    qtbot.keyClick(case.view, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert len(room.services.cases.get(case_id).sittings) == 2
    assert sittings.form_card.isHidden()
    assert case.view.current() == "sittings"
    assert (reached.text(), agreement.dirty) == (day, True)
    assert reached.property("wrong")
    assert not case.view._bar.isHidden()
    assert "agreement" in dict(case._draft().fields)
    case.writes.save_all()
    assert reached.hasFocus()
    assert stage.said(desk, "fail", "warn") == []
    reached.setText("2026-11-23")
    case.writes.save_all()
    assert not agreement.dirty
    agreed = room.services.cases.get(case_id).agreement
    assert agreed is not None
    assert str(agreed.reached_on) == "2026-11-23"


def test_of_the_two_tabs_of_one_form_the_right_one_is_saved(desk: MainWindow, room: stage.CaseStage) -> None:
    """受理 and 当事人 share a form: a party the service refuses keeps the summary from nothing."""
    case_id = room.registered()
    case = opened(desk, case_id)
    paint(tab(case, "accept"), remark="先记这一句")
    first = tab(case, "people").blocks()[0]
    first.fields.fields["phone"].widget.setText("12")
    first.fields.fields["name"].widget.setText("")
    case.writes.save_all()
    form = room.services.cases.form(case_id)
    assert (form.remark, form.parties[0].name) == ("先记这一句", "钱某")
    assert not case.view.parts["accept"].dirty
    assert case.view.parts["people"].dirty
    assert "姓名" in case.view._words.text()


def test_a_step_waits_for_what_was_refused_anywhere(desk: MainWindow, room: stage.CaseStage) -> None:
    """A step looks at the whole case: it is not taken over words that are not in the record."""
    case_id = room.registered()
    case = opened(desk, case_id)
    tab(case, "accept").fields.fields["applied_on"].widget.setText("2026-02-31")
    case.steps.take("accept")
    assert room.services.cases.get(case_id).state == "registered"
    assert tab(case, "accept").fields.fields["applied_on"].widget.hasFocus()


def test_what_is_chosen_while_a_save_is_under_way_stays(
    desk: MainWindow, room: stage.CaseStage, meanwhile: Callable[..., None]
) -> None:
    case_id = room.registered()
    case = opened(desk, case_id)
    part = tab(case, "accept")
    paint(part, remark="先")
    difficulty = part.fields.fields["difficulty"].widget
    meanwhile(room.services.cases, "save", lambda: difficulty.set_value("hard"))
    case.writes.save_all()
    assert (difficulty.value(), part.dirty) == ("hard", True)
    assert "accept" in dict(case._draft().fields)
    case.writes.save_all()
    form = room.services.cases.form(case_id)
    assert (form.remark, form.difficulty, part.dirty) == ("先", "hard", False)


def test_a_party_typed_on_while_it_is_saved_is_one_party(
    desk: MainWindow, room: stage.CaseStage, meanwhile: Callable[..., None]
) -> None:
    """Its line knows the id it got: the next save corrects it instead of writing it a second time."""
    case_id = room.registered()
    case = opened(desk, case_id)
    part = tab(case, "people")
    part.parties.adders[2].click()
    line = part.parties.lines[-1]
    assert isinstance(line, PartyBlock)
    line.fields.fields["name"].widget.setText("丙某")
    address = line.fields.fields["address"].widget
    meanwhile(room.services.cases, "save", lambda: address.setText("示例村 3 组"))
    case.writes.save_all()
    before = room.party_ids(case_id)
    assert line.value().id == before[-1]
    case.writes.save_all()
    assert room.party_ids(case_id) == before
    assert room.services.cases.form(case_id).parties[-1].address == "示例村 3 组"


def test_a_sitting_typed_on_while_it_is_saved_is_one_sitting(
    desk: MainWindow, room: stage.CaseStage, meanwhile: Callable[..., None]
) -> None:
    case_id = room.mediating()
    case = opened(desk, case_id)
    part = tab(case, "sittings")
    written(part)
    talk = part.fields.fields["talk"]
    meanwhile(room.services.proceedings, "save_sitting", lambda: talk.paint("又补了一句。"))
    part.finish()
    assert not part.form_card.isHidden()
    part.finish()
    assert part.form_card.isHidden()
    assert [each.talk for each in room.services.cases.get(case_id).sittings][1:] == ["又补了一句。"]


def test_terms_typed_on_while_they_are_saved_are_the_same_terms(
    desk: MainWindow, room: stage.CaseStage, meanwhile: Callable[..., None]
) -> None:
    case_id = room.mediating()
    case = opened(desk, case_id)
    part = tab(case, "agreement")
    (line,) = part.terms.lines
    line.fields.fields["text"].widget.setText("修复水管")
    breach = part.fields.fields["breach"].widget
    meanwhile(room.services.agreements, "save", lambda: breach.setText("逾期另付"))
    case.writes.save_all()
    assert part.dirty
    first = room.services.agreements.form(case_id).terms[0].id
    assert line.value().id == first
    case.writes.save_all()
    form = room.services.agreements.form(case_id)
    assert ([each.id for each in form.terms], form.breach) == ([first], "逾期另付")


def test_what_is_chosen_beside_the_forms_stays_over_a_refresh(
    desk: MainWindow, room: stage.CaseStage
) -> None:
    """Who agrees to a longer term, the day of a signature, what was prevented: each waits for its button."""
    case_id = room.mediating()
    room.services.agreements.save(case_id, room.agreement())
    case = opened(desk, case_id)
    clock = tab(case, "accept").clock
    clock._who.set_value(tuple(clock._who.boxes))
    signatures = tab(case, "agreement").signatures
    signatures._missing[1].setText("2026-11-22")
    dossier = tab(case, "dossier")
    dossier.prevented.set_value(("criminal",))
    dossier.people.setText("3")
    case.reader.load()
    assert clock._who.value() == tuple(clock._who.boxes) == room.party_ids(case_id)
    assert signatures._missing[1].text() == "2026-11-22"
    assert (dossier.prevented.value(), dossier.people.text()) == (("criminal",), "3")
    room.services.agreements.sign(case_id, "party", room.party_ids(case_id)[0])
    case.reader.load()
    assert signatures._missing[0].text() == "2026-11-22"


def test_a_step_pressed_while_a_save_runs_is_taken_after_it(
    desk: MainWindow, room: stage.CaseStage, meanwhile: Callable[..., None]
) -> None:
    """受理 right after Ctrl+S; one more Ctrl+S, or the step pressed again, changes nothing of that."""
    case_id = room.registered()
    case = opened(desk, case_id)
    part = tab(case, "accept")
    paint(part, remark="先")

    def press() -> None:
        paint(part, remark="先记这一句")
        for _time in range(2):
            case.steps.take("accept")
        case.writes.save_all()

    meanwhile(room.services.cases, "save", press)
    case.writes.save_all()
    assert room.services.cases.get(case_id).state == "accepted"
    assert (room.services.cases.form(case_id).remark, part.dirty) == ("先记这一句", False)
    assert stage.said(desk, "fail", "warn", "crash") == []


def test_what_waits_for_a_save_is_not_done_once_the_tab_is_closed(
    desk: MainWindow, room: stage.CaseStage, meanwhile: Callable[..., None]
) -> None:
    case_id = room.registered()
    case = opened(desk, case_id)
    paint(tab(case, "accept"), remark="先")

    def press() -> None:
        case.steps.take("accept")
        case.stop()

    meanwhile(room.services.cases, "save", press)
    case.writes.save_all()
    assert room.services.cases.get(case_id).state == "registered"


def test_a_case_made_void_while_a_save_runs_is_void_after_it(
    desk: MainWindow, room: stage.CaseStage, meanwhile: Callable[..., None]
) -> None:
    """The reason is not given for nothing; the tab closes once the case is void."""
    case_id = room.registered()
    case = opened(desk, case_id)
    paint(tab(case, "accept"), remark="先")
    closed: list[bool] = []
    case.closed.connect(lambda: closed.append(True))
    meanwhile(room.services.cases, "save", lambda: case.void("登记错了"))
    case.writes.save_all()
    with pytest.raises(InputProblem):
        room.services.cases.get(case_id)
    assert closed == [True]
    assert stage.said(desk, "fail", "warn", "crash") == []


def test_a_verb_pressed_while_a_save_runs_is_done_once(
    desk: MainWindow, room: stage.CaseStage, meanwhile: Callable[..., None]
) -> None:
    """One visit is written, however often its button is pressed."""
    case_id = room.agreed()
    case = opened(desk, case_id)
    after = tab(case, "after")
    for _term in range(2):
        after.performance.done.click()
    case.steps.take("perform_all")
    case.steps.take("follow_up")
    paint(after.follow_up, performance="performed", satisfaction="satisfied")
    meanwhile(room.services.aftercare, "follow_up", after.follow_up.save.click)
    remark = tab(case, "accept").fields.fields["remark"]
    remark.paint("再记一句")
    meanwhile(room.services.cases, "save", after.follow_up.save.click)
    case.writes.save_all()
    assert len(room.services.cases.get(case_id).follow_ups) == 1
    assert stage.said(desk, "fail", "warn", "crash") == []


def test_a_refused_performance_stays_typed(desk: MainWindow, room: stage.CaseStage) -> None:
    """Blank means the whole sum, today: the fields are cleared only once the term was written down."""
    case_id = room.agreed()
    form = tab(opened(desk, case_id), "after").performance
    term_id = room.term_ids(case_id)[1]
    form.term.set_value(term_id)
    fields = (form.day, form.amount, form.note)
    for field, text in zip(fields, ("2026-11-23", "9,999", "收条"), strict=True):
        field.setText(text)
    form.done.click()
    assert [field.text() for field in fields] == ["2026-11-23", "9,999", "收条"]
    assert form.term.value() == term_id
    form.amount.setText("1,000")
    form.done.click()
    agreement = room.services.cases.get(case_id).agreement
    assert agreement is not None
    (term,) = [each for each in agreement.terms if each.id == term_id]
    assert (term.state, term.note) == ("partly", "收条")
    assert [field.text() for field in fields] == ["", "", ""]


def test_a_party_taken_away_while_it_is_saved_is_gone_after_the_next_save(
    desk: MainWindow, room: stage.CaseStage, meanwhile: Callable[..., None]
) -> None:
    """The one below it takes its own id, not that of the one taken away; the save comes to its end."""
    case_id = room.registered()
    case = opened(desk, case_id)
    part = tab(case, "people")
    before = room.party_ids(case_id)
    for name in ("丙某", "丁某"):
        part.parties.adders[2].click()
        part.blocks()[-1].fields.fields["name"].widget.setText(name)
    third, fourth = part.blocks()[-2:]

    def take_away() -> None:
        third.drop.click()
        QCoreApplication.sendPostedEvents(third, QEvent.Type.DeferredDelete)
        assert not shiboken6.isValid(third)

    meanwhile(room.services.cases, "save", take_away)
    case.writes.save_all()
    assert stage.said(desk, "fail", "crash") == []
    assert fourth.value().id == room.party_ids(case_id)[-1]
    case.writes.save_all()
    assert [each.name for each in room.services.cases.form(case_id).parties][2:] == ["丁某"]
    assert room.party_ids(case_id)[:-1] == before
    assert not part.dirty


def answering(window: MainWindow, *, yes: bool = True, words: str = "") -> None:
    """Let the next questions be answered so."""
    notices = window._context.notices
    assert isinstance(notices, RecordingNotices)
    notices.yes, notices.words = yes, words


def test_a_half_typed_sitting_is_folded_only_by_who_gives_it_up(
    desk: MainWindow, room: stage.CaseStage
) -> None:
    case = opened(desk, room.mediating())
    part = tab(case, "sittings")
    part.begin("")
    part.cancel.click()
    assert part.form_card.isHidden(), "nothing was typed: nothing is asked"
    assert stage.said(desk, "ask") == []
    part.begin("")
    paint(part, talk="写到一半")
    answering(desk, yes=False)
    part.cancel.click()
    assert not part.form_card.isHidden()
    assert "写到一半" in dict(case._draft().fields)["sittings"]
    case.keeper.save()
    answering(desk, yes=True)
    part.cancel.click()
    assert part.form_card.isHidden()
    assert not case.dirty
    assert desk._context.services.drafts.load_all("mediation") == ()
    assert len(stage.said(desk, "ask")) == 2


def test_a_sitting_stays_open_until_it_is_void(desk: MainWindow, room: stage.CaseStage) -> None:
    """Without a reason it is not made void, and what was changed in it stays typed."""
    case_id = room.mediating()
    part = tab(opened(desk, case_id), "sittings")
    (sitting,) = room.services.cases.get(case_id).sittings
    part._open(sitting.id)
    paint(part, talk="改到一半")
    answering(desk, words="")
    part.drop.click()
    assert not part.form_card.isHidden()
    assert part.fields.fields["talk"].read() == "改到一半"
    assert "改到一半" in part.typed()["sittings"]
    answering(desk, words="记错了案件")
    part.drop.click()
    assert part.form_card.isHidden()
    assert room.services.cases.get(case_id).sittings == ()


def test_an_unchanged_sitting_closes_once_it_is_void(desk: MainWindow, room: stage.CaseStage) -> None:
    case_id = room.mediating()
    part = tab(opened(desk, case_id), "sittings")
    part._open(room.services.cases.get(case_id).sittings[0].id)
    answering(desk, words="")
    part.drop.click()
    assert not part.form_card.isHidden()
    answering(desk, words="记错了案件")
    part.drop.click()
    assert part.form_card.isHidden()
