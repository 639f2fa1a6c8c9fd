"""What a person does: keys, clicks, an input method, sent as the window system would send them.

Each action is one turn of the event loop. Keys and clicks go to the window, which itself finds the shortcut,
the focus or the widget under the pointer, so a covered or blocked widget cannot be used by mistake.
"""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QCoreApplication, QObject, QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication, QInputMethodEvent, QKeySequence, QWindow
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QCheckBox,
    QComboBox,
    QWidget,
)
from shiboken6 import isValid

from desk.demo import eyes
from desk.demo.play import DemoProblem, Play, Until
from desk.demo.probe import LoopProbe

_NOTCH = QPoint(0, 120)
_TURNS = 200
_TRIES = 20
_EDGE = 4
_READ = "知道了"
_TYPING = "写字"


class Hands:
    """One person at the keyboard. Every verb is a generator to be gone through with `yield from`."""

    def __init__(self, probe: LoopProbe) -> None:
        self._probe = probe

    def press(self, keys: str) -> Play[None]:
        """Press a key or several at once, such as Ctrl+Return."""
        with self._probe.acting(f"按 {keys}"):
            QTest.keySequence(_window(), QKeySequence(keys))
        yield None

    def type(self, text: str) -> Play[None]:
        """Type into the field with the focus: letters and digits by keys, Chinese by the input method."""
        if text.isascii():
            for letter in text:
                with self._probe.acting(_TYPING):
                    QTest.keyClick(_window(), ord(letter))
                yield None
        else:
            for act in (_compose, _commit):
                with self._probe.acting(_TYPING):
                    act(text)
                yield None

    def see(self, name: str, roles: frozenset[eyes.Role] = eyes.ANY) -> Play[QWidget]:
        """Wait until something of this name can be used and return it."""
        yield self.until(f"屏幕上出现“{name}”", lambda: _usable(name, roles))
        return eyes.find(name, roles)

    def read(self, part: str) -> Play[str]:
        """Wait until a text in view holds these words and return it."""
        yield self.until(f"屏幕上写着“{part}”", lambda: eyes.reads(part))
        return eyes.text_with(part)

    def until(self, what: str, holds: Callable[[], bool]) -> Until:
        """Return what to wait for; looking is the demo's own work (`LoopProbe.own_turn`)."""

        def look() -> bool:
            found = holds()
            self._probe.doing = f"等：{what}"
            return found

        return Until(what, look)

    def click(self, name: str, roles: frozenset[eyes.Role] = eyes.BUTTONS) -> Play[None]:
        """Click a button by its name."""
        for _n in range(_TRIES):
            # A page that is built anew takes a widget away and puts its like in its place.
            widget = yield from self.see(name, roles)
            where = partial(_point, widget)
            if (yield from self._reach(widget, where)) and (yield from self._press_at(widget, where)):
                return
        raise DemoProblem(f"“{name}”总也点不到")

    def click_first(self, name: str) -> Play[None]:
        """Click the first of several buttons that do the same."""
        yield self.until(f"屏幕上出现“{name}”", lambda: _usable(name, eyes.BUTTONS))
        yield from self.click_on(eyes.all_called(name, eyes.BUTTONS)[0])

    def click_on(self, widget: QWidget, at: Callable[[], QPoint] | None = None) -> Play[None]:
        """Click a widget that is in view, or a place in it, scrolling to it and closing messages first."""
        where = at or partial(_point, widget)
        for _n in range(_TRIES):
            if not (yield from self._reach(widget, where)):
                raise DemoProblem("要点的东西不见了")
            if (yield from self._press_at(widget, where)):
                return
        raise DemoProblem(f"“{eyes.name_of(widget)}”总也点不到")

    def _reach(self, widget: QWidget, where: Callable[[], QPoint]) -> Play[bool]:
        """Bring a place into view where a click reaches it; False if what is there has gone meanwhile."""
        for _n in range(_TRIES):
            if _is_gone(widget):
                return False
            yield from self._bring(widget)
            if not _is_free(widget, where()):
                yield from self.close_notice()
            # What was saved just now may still move the page, and the widget out of sight.
            is_ready = partial(_is_free_or_away, widget, where)
            yield self.until(f"“{eyes.name_of(widget)}”点得到", is_ready)
            if not _is_gone(widget) and _is_free(widget, where()):
                return True
        return False

    def _press_at(self, widget: QWidget, where: Callable[[], QPoint]) -> Play[bool]:
        """Press and let go; False if a button has moved from under the pointer in between.

        What was saved just now may still move the page; whoever sees that nothing happened presses again.
        """
        place, handle = eyes.place_in_window(widget, where()), widget.window().windowHandle()
        doing = f"点“{eyes.name_of(widget)}”"
        taken = 0

        def take() -> None:
            nonlocal taken
            taken += 1

        heard = widget.clicked.connect(take) if isinstance(widget, QAbstractButton) else None
        with self._probe.acting(doing):
            QTest.mouseClick(handle, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)
        if heard is not None and isValid(widget):
            QObject.disconnect(heard)
        yield None
        return heard is None or taken > 0

    def close_notice(self) -> Play[None]:
        """Close a message that lies over the page, if there is one."""
        if eyes.sees(_READ, eyes.BUTTONS):
            yield from self.click(_READ)

    def fill(self, name: str, text: str) -> Play[None]:
        """Click into a field and replace what stands there."""
        yield from self.click(name, eyes.FIELDS)
        yield from self.press("Ctrl+A")
        yield from self.type(text)

    def tab_into(self, field: QWidget) -> Play[None]:
        """Go with Tab alone into a field before the one in focus, so that its first part is selected."""
        for key in ("Shift+Tab", "Tab"):
            for _n in range(_TURNS):
                was_in = _is_in(field)
                yield from self.press(key)
                if key == "Shift+Tab" and was_in and not _is_in(field):
                    break
                if key == "Tab" and _is_in(field):
                    break

    def choose(self, field: QWidget, words: str) -> Play[None]:
        """Open a list of choices and take the one with these words, by the arrow keys."""
        if not isinstance(field, QComboBox):
            raise DemoProblem(f"“{words}”不是从列表里选的")
        at = next((n for n in range(field.count()) if words in field.itemText(n)), -1)
        if at < 0:
            raise DemoProblem(f"列表里没有“{words}”")
        yield from self.click_on(field)
        yield from self.press("Home")
        for _n in range(at):
            yield from self.press("Down")
        yield from self.press("Return")
        yield self.until(f"选中“{words}”", lambda: field.currentIndex() == at)

    def choose_beside(self, label: str, words: str) -> Play[None]:
        """Choose in the list that stands under a label."""
        for _n in range(_TRIES):
            yield self.until(f"屏幕上出现“{label}”", lambda: eyes.reads(label))
            field = eyes.beside(label)
            if (yield from self._reach(field, partial(_point, field))):
                yield from self.choose(field, words)
                return
        raise DemoProblem(f"“{label}”总也点不到")

    def take_from_menu(self, words: str) -> Play[None]:
        """Take what says these words in the menu that is open, by the arrow keys."""
        yield self.until(f"菜单里有“{words}”", lambda: eyes.menu_says(words))
        menu = eyes.menu()
        for _n in range(_TURNS):
            chosen = menu.activeAction() if menu is not None else None
            if chosen is not None and words in chosen.text():
                break
            yield from self.press("Down")
        yield from self.press("Return")
        yield self.until("菜单收起", lambda: eyes.menu() is None)

    def go_to_row(self, table: str, part: str) -> Play[None]:
        """Go with the arrow keys to the row of a table that holds these words."""
        yield self.until(f"屏幕上出现表格“{table}”", lambda: eyes.has_table(table))
        view = eyes.table(table)
        yield self.until(f"“{table}”里有“{part}”", lambda: eyes.row_of(view, part) >= 0)
        yield from self._bring(view)
        yield from self.click_on(view.viewport(), lambda: eyes.seen_part(view.viewport()).center())
        yield from self.press("Ctrl+Home")
        for _n in range(eyes.row_of(view, part) - view.currentIndex().row()):
            yield from self.press("Down")

    def go_to_line(self, name: str, words: str) -> Play[None]:
        """Click the line of a list that says these words."""
        view = yield from self.see(name)
        row = eyes.row_of(view, words)
        if not isinstance(view, QAbstractItemView) or row < 0:
            raise DemoProblem(f"“{name}”里没有“{words}”")
        yield from self.click_on(view.viewport(), lambda: _row_place(view, row))

    def _bring(self, widget: QWidget) -> Play[None]:
        """Turn the wheel until the middle of a widget can be seen."""
        for _n in range(_TURNS):
            area = eyes.area_around(widget)
            if area is None or eyes.seen_part(widget).contains(_point(widget)):
                return
            bar, inner = area.verticalScrollBar(), area.widget()
            wanted = widget.mapTo(inner, _point(widget)).y() - area.viewport().height() // 2
            down = wanted > bar.value()
            before = bar.value()
            # At the edge: over a list the wheel would turn the list.
            edge = QPoint(_EDGE, area.viewport().height() // 2)
            place = eyes.place_in_window(area.viewport(), edge)
            with self._probe.acting("滚动"):
                QTest.wheelEvent(area.window().windowHandle(), QPointF(place), -_NOTCH if down else _NOTCH)
            yield None
            if bar.value() == before:
                return


def _is_free(widget: QWidget, point: QPoint) -> bool:
    """Tell whether a click on this point of a widget would reach it."""
    window = widget.window()
    hit = window.childAt(eyes.place_in_window(widget, point)) or window
    return hit is widget or widget.isAncestorOf(hit)


def _is_free_or_away(widget: QWidget, where: Callable[[], QPoint]) -> bool:
    """Tell whether a click would reach a widget, it has to be brought into view first, or it is gone."""
    if _is_gone(widget):
        return True
    area = eyes.area_around(widget)
    can_turn = area is not None and area.verticalScrollBar().maximum() > 0
    return _is_free(widget, where()) or (can_turn and not eyes.seen_part(widget).contains(where()))


def _is_gone(widget: QWidget) -> bool:
    return not (isValid(widget) and widget.isVisible())


def _row_place(view: QAbstractItemView, row: int) -> QPoint:
    return view.visualRect(view.model().index(row, 0)).center()


def _point(widget: QWidget) -> QPoint:
    """Return where a person would click: the middle; a tick has its box at the left end."""
    middle = widget.rect().center()
    return QPoint(min(10, middle.x()), middle.y()) if isinstance(widget, QCheckBox) else middle


def _usable(name: str, roles: frozenset[eyes.Role]) -> bool:
    return bool(eyes.all_called(name, roles))


def _is_in(field: QWidget) -> bool:
    focus = QApplication.focusWidget()
    return focus is not None and (focus is field or field.isAncestorOf(focus))


def _window() -> QWindow:
    window = QGuiApplication.focusWindow()
    if window is None:
        raise DemoProblem("没有窗口在前面，按键没有去处")
    return window


def _compose(text: str) -> None:
    """Show what is being composed, as pinyin methods do before a character is chosen."""
    _method(QInputMethodEvent("'".join("x" * len(text)), []))


def _commit(text: str) -> None:
    event = QInputMethodEvent()
    event.setCommitString(text)
    _method(event)


def _method(event: QInputMethodEvent) -> None:
    target = QGuiApplication.focusObject()
    if target is None:
        raise DemoProblem("没有输入框在等着写字")
    QCoreApplication.sendEvent(target, event)
