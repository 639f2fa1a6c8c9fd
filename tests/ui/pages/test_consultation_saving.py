"""Saving a consultation: a refusal is said once, at its field; what is typed meanwhile is not lost."""

from datetime import timedelta
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from desk import clock
from desk.errors import InputProblem
from desk.services.drafts import Drafts
from tests.ui.pages import consultation_stage as table
from tests.ui.pages.consultation_stage import Desk, asked

stage, desk = table.stage, table.desk


def said(desk: Desk) -> list[str]:
    return [text for kind, text in desk.notices.said if kind in {"warn", "fail", "crash"}]


def test_what_is_missing_stands_at_its_field_with_the_cursor_and_nowhere_else(desk: Desk) -> None:
    asked(desk)
    desk.sheet.verbs.check()
    desk.sheet.verbs.finish()
    answer = desk.field("answer")
    assert answer.accessibleDescription() == "请写明解答意见。"
    assert answer.hasFocus()
    assert said(desk) == []


@pytest.fixture
def refusing(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """Give a consultation with its number, whose words the service refuses for the phone."""

    def refuse(*_args: Any) -> Any:
        raise InputProblem("电话看不懂。", way_out="请核对后再填。", field="phone")

    asked(desk)
    desk.sheet.verbs.register()
    monkeypatch.setattr(desk.stage.desk.consultations, "save", refuse)
    return desk


def test_what_a_service_refuses_stands_at_its_field_and_nowhere_else(refusing: Desk) -> None:
    refusing.sheet.verbs.save()
    phone = refusing.field("phone")
    assert phone.accessibleDescription() == "电话看不懂。\n请核对后再填。"
    assert phone.hasFocus()
    assert said(refusing) == []


def test_going_on_with_an_appointment_keeps_what_was_refused_before(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """继续 sends no form: words that no record has stay typed, and in their draft."""

    def refuse(*_args: Any) -> Any:
        raise InputProblem("电话看不懂。", way_out="请核对后再填。", field="phone")

    asked(desk)
    desk.sheet.verbs.register()
    desk.sheet.view.set_rest(appointment_at=clock.now() + timedelta(days=3))
    desk.sheet.verbs.appoint()
    with monkeypatch.context() as patched:
        patched.setattr(desk.stage.desk.consultations, "save", refuse)
        desk.fill(question="只在这里写过的话")
        desk.sheet.verbs.save()
    desk.sheet.keeper.save()
    desk.sheet.verbs.resume()
    assert desk.sheet.verbs.card is not None
    assert desk.sheet.verbs.card.state == "opened"
    assert desk.field("question").toPlainText() == "只在这里写过的话"
    assert desk.sheet.keeper.dirty
    drafts = Drafts(desk.stage.store, desk.stage.session)
    assert "只在这里写过的话" in str(drafts.load_all("consultation")[0].fields)
    desk.sheet.verbs.save()
    assert not desk.sheet.keeper.dirty


def test_out_of_view_it_is_said_in_a_message(refusing: Desk) -> None:
    """Whoever has gone to another page reads no sentence beside a field."""
    refusing.sheet.view.hide()
    refusing.sheet.verbs.save()
    assert said(refusing) == ["电话看不懂。"]


def test_what_is_typed_while_a_save_is_under_way_stays(
    desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked(desk)
    desk.sheet.verbs.register()
    assert not desk.sheet.keeper.dirty
    desk.fill(question="先问这一句")
    consultations = desk.stage.desk.consultations
    real = consultations.save

    def slow(*args: Any) -> Any:
        done = real(*args)
        desk.fill(question="先问这一句，再问一句")
        return done

    with monkeypatch.context() as patched:
        patched.setattr(consultations, "save", slow)
        desk.sheet.verbs.save()
    assert desk.sheet.keeper.dirty
    drafts = Drafts(desk.stage.store, desk.stage.session)
    assert "再问一句" in str(drafts.load_all("consultation")[0].fields)
    desk.sheet.verbs.save()
    assert not desk.sheet.keeper.dirty
    assert drafts.load_all("consultation") == ()
    card = desk.sheet.verbs.card
    assert card is not None
    assert consultations.form(card.id).question == "先问这一句，再问一句"
