"""The short lists beside the questions: news of merges, decisions taken, and changes the hub did not take."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desk.services.tray.values import Closed, Left, News, NotTaken
from desk.text import _
from desk.ui.pages.settings.conflict_card import signed, when
from desk.ui.parts.boxes import column, label, row, rule
from desk.ui.parts.empty import EmptyState
from desk.ui.parts.key_hint import KeyButton


class Lines(QWidget):
    """A column of lines that is built anew each time it is shown, with a sentence where there are none."""

    def __init__(self, empty: EmptyState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._empty = empty
        self._lines = QWidget()
        self.box = QVBoxLayout(self)
        self.box.setContentsMargins(0, 0, 0, 0)
        self.box.addWidget(empty)
        self.box.addWidget(self._lines)

    def show_lines(self, lines: Sequence[QWidget]) -> None:
        """Show these lines in the place of the former ones."""
        fresh = QWidget()
        parts = [part for line in lines for part in (line, rule())]
        fresh.setLayout(column(*parts, gap=8))
        self.box.replaceWidget(self._lines, fresh)
        self._lines.hide()
        self._lines.deleteLater()
        self._lines = fresh
        self._empty.setVisible(not lines)
        fresh.setVisible(bool(lines))


class NewsPane(QWidget):
    """同时修改，已合并: what the hub put together by itself.

    Signals:
        read: these news are read; their ids.
        opened: noun and id of a record.
    """

    read = Signal(object)
    opened = Signal(str, str)

    def __init__(self) -> None:
        super().__init__()
        self._news: tuple[News, ...] = ()
        self._lines = Lines(
            EmptyState(_("没有新的合并"), _("两人同时改了一条记录的不同地方，会在这里告诉您。"))
        )
        self.all = KeyButton(_("全部标为已读"), kind="row")
        self.all.clicked.connect(self._on_all)
        self.setLayout(column(row(self.all, None), self._lines, None))

    def _on_all(self) -> None:
        self.read.emit(tuple(each.id for each in self._news))

    def show_news(self, news: tuple[News, ...]) -> None:
        """Show the news."""
        self._news = news
        self.all.setVisible(bool(news))
        self._lines.show_lines([self._line(each) for each in news])

    def _line(self, told: News) -> QWidget:
        words = _("同时修改，已合并：{fields}").format(fields=told.fields)
        line = _line(told.title, words, " · ".join(filter(None, (told.who, when(told.at)))))
        return _with(
            line,
            _button(_("打开记录"), told.title, lambda: self.opened.emit(*told.owner)),
            _button(_("已读"), told.title, lambda: self.read.emit((told.id,))),
        )


class PastPane(QWidget):
    """处理过的: both values of every conflict somebody has closed, and what was left of refused changes."""

    def __init__(self) -> None:
        super().__init__()
        self._lines = Lines(EmptyState(_("还没有处理过的冲突"), _("定下的结果和没有用上的内容都留在这里。")))
        self.setLayout(column(self._lines, None))

    def show_past(self, closed: tuple[Closed, ...], left: tuple[Left, ...]) -> None:
        """Show decisions first, then what was given up."""
        self._lines.show_lines([*map(_closed_line, closed), *map(_left_line, left)])


class NotTakenPane(QWidget):
    """没有被接受: changes the hub did not take, each with its reason and two ways out.

    Signals:
        again: a change is to be sent once more; its id.
        given_up: a change is to be left, after a question; its id and the question.
        opened: noun and id of a record.
    """

    again = Signal(str)
    given_up = Signal(str, str)
    opened = Signal(str, str)

    def __init__(self) -> None:
        super().__init__()
        self._lines = Lines(EmptyState(_("县里全部接受了"), _("没有要再送或放下的改动。")))
        self.setLayout(column(self._lines, None))

    def show_changes(self, changes: tuple[NotTaken, ...]) -> None:
        """Show the changes."""
        self._lines.show_lines([self._line(each) for each in changes])

    def _line(self, change: NotTaken) -> QWidget:
        by = " · ".join(filter(None, (change.who, when(change.at))))
        line = _line(change.title, change.text, by, why=f"{change.sentence}。{change.advice}")
        again = _button(_("再送一次"), change.title, lambda: self.again.emit(change.id))
        leave = _button(
            _("放下不用"), change.title, lambda: self.given_up.emit(change.id, give_up_words(change))
        )
        again.setVisible(change.may_act and change.may_send)
        leave.setVisible(change.may_act and change.may_give_up)
        opening = _button(_("打开记录"), change.title, lambda: self.opened.emit(*change.owner))
        return _with(line, opening, again, leave)


def give_up_words(change: NotTaken) -> str:
    """Return the question before a change is left."""
    if not change.may_send:
        words = _("放下“{text}”？以后不再提醒，内容留在“处理过的”里可以查。")
        return words.format(text=change.text)
    more = _("同一条记录后面的 {n} 处也一起放下。").format(n=change.with_it) if change.with_it else ""
    words = _("放下不用“{text}”？它会从记录里拿掉，内容留在“处理过的”里可以查。{more}")
    return words.format(text=change.text, more=more)


def _closed_line(past: Closed) -> QWidget:
    chosen = past.chosen or _("照现在的")
    sent = "" if past.sent else _("等下一轮同步送出")
    who = _("{who} {at} 定").format(who=past.who, at=when(past.at)).strip()
    line = _line(past.title, _("定为：{chosen}").format(chosen=chosen), " · ".join(filter(None, (who, sent))))
    both = QWidget()
    sides = [
        _("当时的内容（{who}）：{text}").format(who=signed(past.theirs), text=past.theirs.text),
        _("没有用上的（{who}）：{text}").format(who=signed(past.mine), text=past.mine.text),
    ]
    both.setLayout(column(*(label(each, "soft", wrap=True) for each in sides), gap=2))
    whole = QWidget()
    whole.setLayout(column(line, both, gap=4))
    return whole


def _left_line(change: Left) -> QWidget:
    who = _("{who} {at} 放下").format(who=change.who, at=when(change.at)).strip()
    return _line(change.title, _("放下不用：{text}").format(text=change.text), who)


def _line(title: str, text: str, by: str, why: str = "") -> QWidget:
    line = QWidget()
    parts = [label(title, "strong", wrap=True), label(text, wrap=True)]
    parts += [label(why, "problem", wrap=True)] if why else []
    line.setLayout(column(*parts, label(by, "soft", wrap=True), gap=3))
    return line


def _with(line: QWidget, *buttons: KeyButton) -> QWidget:
    whole = QWidget()
    whole.setLayout(column(line, row(*buttons, None, gap=8), gap=4))
    return whole


def _button(words: str, title: str, what: Callable[[], object]) -> KeyButton:
    made = KeyButton(words, kind="row")
    made.setAccessibleName(_("{words}：{title}").format(words=words, title=title))
    made.clicked.connect(lambda _on=False: what())
    return made
