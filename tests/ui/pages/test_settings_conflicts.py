"""设置 › 冲突: a question side by side, its ways, refused changes, news, and what became of it."""

from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from desk.errors import InputProblem
from desk.services.tray.values import Tray
from desk.ui.conflict_marks import SECTION
from desk.ui.context import Context
from desk.ui.pages.settings.conflicts import ConflictsSection
from desk.ui.pages.settings.device import DeviceSection
from desk.ui.pages.settings.page import SettingsPage
from tests.fakes import RecordingNotices
from tests.ui import stage
from tests.ui.pages import tray_stage
from tests.ui.pages.tray_stage import LEFT, OWNER, RIGHT, FakeTray
from tests.ui.test_accessible import nameless

Shown = tuple[ConflictsSection, FakeTray, Context]


def show(qtbot: QtBot, tray: Tray) -> Shown:
    fake = FakeTray(tray)
    services = SimpleNamespace(tray=fake)
    context = replace(stage.context(RecordingNotices()), services=services)  # type: ignore[arg-type]
    section = ConflictsSection(context)
    qtbot.addWidget(section)
    section.show()
    section.load()
    return section, fake, context


@pytest.fixture
def shown(qtbot: QtBot) -> Shown:
    return show(qtbot, tray_stage.full())


def press(section: ConflictsSection, name: str) -> None:
    (button,) = (
        each
        for each in section.findChildren(QPushButton)
        if name in (each.text(), each.accessibleName()) and each.isVisibleTo(section)
    )
    button.click()


def tab(section: ConflictsSection, key: str) -> None:
    for at in range(section.strip.count()):
        if section.strip.tabData(at) == key:
            section.strip.setCurrentIndex(at)


def words(section: ConflictsSection) -> str:
    from PySide6.QtWidgets import QLabel

    return "\n".join(each.text() for each in section.findChildren(QLabel) if each.isVisibleTo(section))


def test_both_texts_stand_side_by_side_and_differences_are_told_without_colour(shown: Shown) -> None:
    section, _fake, _context = shown
    theirs, mine = section.card.theirs.words, section.card.mine.words
    assert "<b><u>社区说还没有报。希望月底前修好。</u></b>" in theirs.text()
    assert "<b><u>上周有位老人在台阶上摔倒。</u></b>" in mine.text()
    assert theirs.accessibleName().startswith(f"现在的内容：{RIGHT}。不同的句子：社区说还没有报。")
    said = words(section)
    assert "来访 LF2026-A0288 · 反映问题" in said
    assert "周某某（本人） · 2026-11-23 09:05" in said
    assert "两边改之前：楼下的路灯坏了两个月，晚上看不见路。" in said
    assert not nameless(section)


def test_what_visitors_said_is_never_taken_for_markup(qtbot: QtBot) -> None:
    side = replace(tray_stage.phone_question().mine, text="<b>1</b>\n<img src=x>")
    section, _fake, _context = show(qtbot, Tray((replace(tray_stage.phone_question(), mine=side),)))
    assert section.card.mine.words.text() == "&lt;b&gt;1&lt;/b&gt;<br>&lt;img src=x&gt;"


@pytest.mark.parametrize(
    ("button", "way"), [("保留现在的", "theirs"), ("改用没用上的", "mine"), ("两份都留", "both")]
)
def test_a_way_shows_the_result_first_and_a_second_press_settles_it(
    shown: Shown, button: str, way: str
) -> None:
    section, fake, _context = shown
    press(section, button)
    assert fake.said == [("preview", "c1", way, "")]
    assert (LEFT if way == "mine" else RIGHT) in words(section)
    press(section, "就这样定")
    assert fake.said[-1] == ("close", "c1", way, "", "o1")
    # The next question is in view.
    assert "来访 LF2026-A0288 · 电话" in words(section)


def test_a_third_text_begins_with_what_stands_and_is_looked_at_first(shown: Shown) -> None:
    section, fake, _context = shown
    press(section, "另写一份")
    assert section.card.text.value() == RIGHT
    section.card.text.set_text("")
    press(section, "看结果")
    assert section.card.text.property("wrong")
    section.card.text.set_text("两边都说路灯坏了。")
    press(section, "看结果")
    press(section, "就这样定")
    assert fake.said[-1] == ("close", "c1", "third", "两边都说路灯坏了。", "o1")


def test_what_was_shown_can_be_thought_over(shown: Shown) -> None:
    section, fake, _context = shown
    press(section, "保留现在的")
    press(section, "再想想")
    assert section.card.settle.isHidden() or not section.card.settle.isVisibleTo(section)
    assert [each[0] for each in fake.said] == ["preview"]


def test_a_question_is_settled_by_keys_alone(qtbot: QtBot, shown: Shown) -> None:
    section, fake, _context = shown
    section.activateWindow()
    section.table.setFocus()
    qtbot.keyClick(section.table, Qt.Key.Key_Return)
    first = section.card.ways["theirs"]
    assert section.focusWidget() is first
    qtbot.keyClick(first, Qt.Key.Key_Space)
    assert section.focusWidget() is section.card.settle
    qtbot.keyClick(section.card.settle, Qt.Key.Key_Space)
    assert fake.said[-1][0] == "close"
    assert [each.shortcut().toString() for each in section.card.ways.values()] == [
        *("Alt+1", "Alt+2", "Alt+3", "Alt+4")
    ]


def test_starred_numbers_are_shown_on_asking(shown: Shown) -> None:
    section, fake, _context = shown
    section.table.choose("c2")
    assert "13800000001" not in section.card.mine.words.text()
    press(section, "显示号码")
    assert fake.said == [("reveal", "c2")]
    assert section.card.mine.words.text() == "13800000001"


def test_a_refused_step_has_its_sentence_and_its_one_way_out(shown: Shown) -> None:
    section, _fake, context = shown
    section.table.choose("c3")
    assert "这一步没有做成" in words(section)
    open_ways = [each.text() for each in section.card.ways.values() if each.isVisibleTo(section)]
    assert open_ways == ["知道了，按现在的状态"]
    wanted: list[tuple[str, str]] = []
    context.navigator.wanted.connect(lambda page, record: wanted.append((page, record)))
    press(section, "打开记录")
    assert wanted == [("visits", OWNER[1])]


def test_who_may_not_settle_sees_why_there_is_no_button(qtbot: QtBot) -> None:
    asked = replace(tray_stage.words_question(), may_close=False)
    section, _fake, _context = show(qtbot, Tray((asked,), hidden=True))
    assert "只有能改这一项的人可以定" in words(section)
    assert "还有冲突只给办理人或站长看" in words(section)
    assert not any(each.isVisibleTo(section) for each in section.card.ways.values())


def test_a_value_that_changed_meanwhile_is_shown_anew(shown: Shown) -> None:
    section, fake, context = shown
    fake.problem = InputProblem("这一项刚刚又有改动", field="stand")
    press(section, "保留现在的")
    edited = replace(tray_stage.words_question(), stand="o2", theirs=tray_stage.phone_question().theirs)
    fake.tray = Tray((edited,))
    press(section, "就这样定")
    notices: Any = context.notices
    assert ("fail", "这一项刚刚又有改动") in notices.said
    assert "138****0002" in section.card.theirs.words.text()


def test_what_the_county_did_not_take_is_sent_again_or_left_after_a_question(qtbot: QtBot) -> None:
    section, fake, context = show(qtbot, tray_stage.full())
    tab(section, "not_taken")
    said = words(section)
    assert "去向告知期限：昨天" in said
    assert "填得不合规定" in said
    press(section, "放下不用：来访 LF2026-A0288")
    notices: Any = context.notices
    assert notices.said[0][0] == "ask"
    assert "同一条记录后面的 1 处也一起放下" in notices.said[0][1]
    assert fake.said == [("give_up", "o7")]
    assert "县里全部接受了" in words(section)
    other, again, _context = show(qtbot, tray_stage.full())
    tab(other, "not_taken")
    press(other, "再送一次：来访 LF2026-A0288")
    assert again.said == [("again", "o7")]


def test_values_kept_aside_can_be_put_down_and_not_be_sent(qtbot: QtBot) -> None:
    full = tray_stage.full()
    aside = replace(full.not_taken[0], may_send=False, with_it=0)
    section, fake, context = show(qtbot, replace(full, not_taken=(aside,)))
    tab(section, "not_taken")
    shown = [each.text() for each in section.findChildren(QPushButton) if each.isVisibleTo(section)]
    assert "放下不用" in shown
    assert "再送一次" not in shown
    press(section, "放下不用：来访 LF2026-A0288")
    notices: Any = context.notices
    assert "以后不再提醒" in notices.said[0][1]
    assert fake.said == [("give_up", "o7")]


def test_news_are_read_one_by_one_or_all(shown: Shown) -> None:
    section, fake, _context = shown
    tab(section, "news")
    assert "同时修改，已合并：事由、诉求" in words(section)
    press(section, "全部标为已读")
    assert fake.said == [("read", "o1")]
    assert "没有新的合并" in words(section)


def test_the_past_keeps_both_values_and_what_was_left(shown: Shown) -> None:
    section, _fake, _context = shown
    tab(section, "past")
    said = words(section)
    for part in ("定为：路灯不亮", "：灯坏了", "没有用上的（李某", "等下一轮同步送出", "放下不用：事由：路"):
        assert part in said


def test_nothing_to_decide_says_so(qtbot: QtBot) -> None:
    section, _fake, _context = show(qtbot, Tray())
    assert "没有要决定的冲突" in words(section)
    assert not section.card.isVisibleTo(section)


def test_the_row_among_the_settings_says_how_much_waits(qtbot: QtBot) -> None:
    fake = FakeTray(tray_stage.full())
    services: Any = SimpleNamespace(tray=fake)
    context = replace(stage.context(), services=services)
    context.live.badge("settings", 4)
    page = SettingsPage(context, (DeviceSection, ConflictsSection))
    qtbot.addWidget(page)
    assert page._list.item(1).text() == "冲突  4"
    page.show_record(SECTION)
    assert page._list.currentRow() == 1
    context.live.badge("settings", 0)
    assert page._list.item(1).text() == "冲突"
    context.live.badge("visits", 9)
    assert page._list.item(1).text() == "冲突"
