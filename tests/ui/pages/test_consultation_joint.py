"""The tool 联合接待日: a day in view stays in view, and nothing typed for it is lost unasked."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox
from pytestqt.qtbot import QtBot

from desk.services.consultation.forms import JointDayForm, SeatForm
from desk.ui.preview.window import PaperWindow
from tests.ui.pages import consultation_stage as table
from tests.ui.pages.consultation_stage import Desk, words

# What a popup asks of the window system, which the screenless one cannot give.
pytestmark = pytest.mark.qt_log_ignore(r"This plugin does not support raise\(\)", extend=True)

stage, desk = table.stage, table.desk


def test_a_joint_day_is_kept_with_who_sits(desk: Desk, qtbot: QtBot) -> None:
    desk.stage.checked()
    desk.page.list.tools.emit("joint_days")
    assert desk.page._tools is not None
    tool = desk.page._tools.joint
    tool.form.seat_name.setText("张某")
    tool.form.seat_body.setText("示例律师事务所")
    qtbot.keyClick(tool.form.seat_body, Qt.Key.Key_Return)
    tool.save.click()
    (day,) = desk.stage.desk.joint_days.list()
    assert (day.seats, day.consultations) == (1, 1)
    assert "ZX2026-A0001" in words(desk)
    tool.paper.click()
    shown = desk.page.window().findChildren(PaperWindow)[-1]
    assert shown.windowTitle() == "信访与法律咨询联合接待日登记表"
    shown.reject()
    tool.new.click()
    assert not tool.paper.isEnabled()


def test_a_new_joint_day_stays_in_view_once_it_is_kept(desk: Desk) -> None:
    joint = desk.stage.desk.joint_days
    first = joint.save(JointDayForm(date(2026, 11, 2), seats=(SeatForm("吕某某"),))).value
    desk.page.list.tools.emit("joint_days")
    assert desk.page._tools is not None
    tool = desk.page._tools.joint
    tool.days.choose(first.id)
    tool.new.click()
    assert tool.days.key() == ""
    tool.form.theme.setText("劳动争议")
    tool.form.seat_name.setText("张某")
    tool.form.seat_post.setText("律师")
    tool.save.click()
    kept = next(day for day in joint.list() if day.id != first.id)
    assert (tool._day_id, tool.days.key(), tool.form.theme.value()) == (kept.id, kept.id, "劳动争议")
    assert [(seat.name, seat.post) for seat in joint.get(kept.id).seats] == [("张某", "律师")]


def test_a_joint_day_half_typed_is_given_up_only_when_asked(desk: Desk) -> None:
    joint = desk.stage.desk.joint_days
    first = joint.save(JointDayForm(date(2026, 11, 2), note="带材料", seats=(SeatForm("吕某某"),))).value
    second = joint.save(JointDayForm(date(2026, 11, 9))).value
    desk.page.list.tools.emit("joint_days")
    assert desk.page._tools is not None
    tool, desk.notices.yes = desk.page._tools.joint, False
    tool.days.choose(first.id)
    tool.form.findChildren(QCheckBox)[0].click()
    tool.days.choose(second.id)
    assert "还没有保存" in desk.notices.said[-1][1]
    assert (tool._day_id, tool.days.key()) == (first.id, first.id)
    tool.save.click()
    after = joint.get(first.id)
    assert (after.note, [seat.came for seat in after.seats]) == ("带材料", [False])
    tool.days.choose(second.id)
    assert tool._day_id == second.id
    desk.notices.words = "没有开"
    tool.cancel.click()
    assert [day.id for day in joint.list()] == [first.id]
    assert (tool._day_id, tool.cancel.isEnabled()) == ("", False)


def test_what_another_desk_wrote_for_the_day_stays(desk: Desk) -> None:
    """Clean, the day is shown anew; where both wrote the same field somebody says which holds."""
    joint = desk.stage.desk.joint_days
    day = joint.save(JointDayForm(date(2026, 11, 2), theme="劳动", seats=(SeatForm("吕某某"),))).value
    desk.page.list.tools.emit("joint_days")
    assert desk.page._tools is not None
    tool = desk.page._tools.joint
    tool.days.choose(day.id)
    joint.save(
        JointDayForm(date(2026, 11, 2), "9:00—11:30", theme="劳动", seats=(SeatForm("吕某某"),)), day.id
    )
    desk.page.context.live.announce(frozenset({"joint_day"}))
    assert tool.form.hours.value() == "9:00—11:30"
    tool.form.theme.setText("欠薪")
    both = (SeatForm("吕某某"), SeatForm("张某"))
    joint.save(JointDayForm(date(2026, 11, 2), "14:00", theme="工伤", seats=both), day.id)
    tool.save.click()
    assert "选定用哪个再存" in tool.overtaken.words()
    ((mine, _theirs),) = tool.overtaken.choices.values()
    mine.click()
    tool.save.click()
    kept = joint.get(day.id)
    assert (kept.theme, kept.hours, len(kept.seats)) == ("欠薪", "14:00", 2)
