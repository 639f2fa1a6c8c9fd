"""The strip of tabs: shown again, the same tabs stay; others come and go, the invitation last."""

from pytestqt.qtbot import QtBot

from desk.ui.parts.tabs import TabStrip


class Counted(TabStrip):
    """Counts the tabs that came."""

    came = 0

    def tabInserted(self, index: int) -> None:
        self.came += 1
        super().tabInserted(index)


def _words(strip: TabStrip) -> list[str]:
    return [strip.tabText(at) for at in range(strip.count())]


def test_the_same_tabs_stay_and_the_one_in_view_changes(qtbot: QtBot) -> None:
    strip = Counted("正在接待", "＋ 新来访")
    qtbot.addWidget(strip)
    strip.set_tabs([])
    assert _words(strip) == ["＋ 新来访"]
    strip.set_tabs([("a", "王某某"), ("b", "李某")], "a")
    came = strip.came
    strip.set_tabs([("a", "王某某"), ("b", "李某")], "b")
    assert (strip.came, strip.current()) == (came, "b")
    strip.set_tabs([("b", "李某"), ("c", "赵某")], "c")
    assert _words(strip) == ["李某", "赵某", "＋ 新来访"]
    assert strip.current() == "c"
    strip.set_tabs([("b", "李某 · 路灯"), ("c", "赵某")], "b")
    assert _words(strip)[0] == "李某 · 路灯"


def test_no_tab_is_shown_as_chosen_while_something_else_is_in_view(qtbot: QtBot) -> None:
    strip = TabStrip("正在接待", "＋ 新来访")
    qtbot.addWidget(strip)
    strip.set_tabs([])
    assert strip.property("resting")
    strip.set_tabs([("a", "王某某")], "a")
    assert not strip.property("resting")
    strip.rest(on=True)
    strip.set_tabs([("a", "王某某"), ("b", "李某")], "b")
    assert strip.property("resting")
    strip.rest(on=False)
    assert not strip.property("resting")
