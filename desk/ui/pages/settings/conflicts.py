"""设置 › 冲突: what two wrote differently, what the county did not take or merged, and what became of it."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QScrollArea, QWidget

from desk.errors import Problem
from desk.services.tray.values import Question, Tray, Way
from desk.text import _
from desk.ui import style
from desk.ui.conflict_marks import SECTION
from desk.ui.context import Context
from desk.ui.pages.settings.conflict_card import ConflictCard
from desk.ui.pages.settings.conflict_lists import NewsPane, NotTakenPane, PastPane
from desk.ui.pages.settings.section import Section
from desk.ui.parts.boxes import column, label
from desk.ui.parts.empty import EmptyState
from desk.ui.parts.table import Column, PagedTable
from desk.ui.parts.tabs import TabStrip

if TYPE_CHECKING:
    from desk.services.outcome import Done

_MOST_ROWS = 4


class ConflictsSection(Section):
    """Four lists behind tabs; the first one shows the question chosen in full."""

    title = SECTION
    counts = True
    words = "两边断网时改了同一处，县里不替您选：两份都在这里，由能改这一项的人来定，另一份留着可以查。"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._tray = Tray()
        self._asked: Question | None = None
        self.strip = TabStrip(_("冲突的分类"))
        self.table = PagedTable(_("要决定的冲突"), _columns())
        self.card = ConflictCard()
        self.news, self.past, self.not_taken = NewsPane(), PastPane(), NotTakenPane()
        self._empty = EmptyState(_("没有要决定的冲突"), _("两边改了同一处时，会在这里等您来定。"))
        self._hidden = label(_("还有冲突只给办理人或站长看，请他们登录后处理。"), "soft", wrap=True)
        questions = QWidget()
        questions.setLayout(column(self._empty, self.table, self.card, None))
        self._panes = {"open": questions, "not_taken": self.not_taken, "news": self.news, "past": self.past}
        self.box.addWidget(self.strip)
        self.box.addWidget(self._hidden)
        for pane in self._panes.values():
            self.box.addWidget(pane)
        self.box.addStretch(1)
        self._connect()
        self._show(Tray())

    def load(self) -> None:
        """Ask for everything in the tray."""
        tray = self.context.services.tray
        self.context.tasks.run(
            tray.look, done=self._show, failed=self._on_closed_to_us, owner=self, topic="tray"
        )

    def _connect(self) -> None:
        self.strip.selected.connect(self._on_tab)
        self.table.chosen.connect(self._on_chosen)
        self.table.opened.connect(lambda _key: self.card.first_way())
        self.card.looked.connect(self._on_looked)
        self.card.settled.connect(self._on_settled)
        self.card.revealed.connect(self._on_revealed)
        self.card.opened.connect(self._on_open)
        self.card.unfolded.connect(self._bring)
        self.news.read.connect(self._on_read)
        self.news.opened.connect(self.context.navigator.open)
        self.not_taken.opened.connect(self.context.navigator.open)
        self.not_taken.again.connect(self._on_again)
        self.not_taken.given_up.connect(self._on_give_up)
        self.context.live.changed.connect(self._on_changed)

    def _show(self, tray: Tray) -> None:
        self._tray = tray
        counts = {
            "open": (_("要决定的"), len(tray.questions)),
            "not_taken": (_("没有被接受"), len(tray.not_taken)),
            "news": (_("已合并"), len(tray.news)),
            "past": (_("处理过的"), 0),
        }
        tabs = [(key, f"{words} {n}" if n else words) for key, (words, n) in counts.items()]
        self.strip.set_tabs(tabs, self.strip.current() or "open")
        self._hidden.setVisible(tray.hidden)
        self._empty.setVisible(not tray.questions)
        self.table.setVisible(bool(tray.questions))
        self.table.show_rows(tray.questions)
        self.table.fit_height(_MOST_ROWS)
        self.news.show_news(tray.news)
        self.past.show_past(tray.closed, tray.left)
        self.not_taken.show_changes(tray.not_taken)
        self._show_asked()
        self._on_tab(self.strip.current())

    def _show_asked(self) -> None:
        """Keep the question in view as long as it stands as it was; else show the one in its place."""
        kept = self._asked
        found = {each.id: each for each in self._tray.questions}
        fresh = found.get(kept.id) if kept is not None else None
        self._asked = fresh or next(iter(self._tray.questions), None)
        self.card.setVisible(self._asked is not None)
        if self._asked is not None:
            self.table.choose(self._asked.id)
            if self._asked != kept:
                self.card.show_question(self._asked)

    def _on_tab(self, key: str) -> None:
        for name, pane in self._panes.items():
            pane.setVisible(name == key)

    def _on_chosen(self, conflict_id: str) -> None:
        for each in self._tray.questions:
            if each.id == conflict_id and each != self._asked:
                self._asked = each
                self.card.show_question(each)

    def _bring(self, widget: QWidget) -> None:
        """Scroll to what has just been unfolded below the texts."""
        area = self.parentWidget()
        while area is not None and not isinstance(area, QScrollArea):
            area = area.parentWidget()
        if area is not None:
            # What is new gets its place first.
            area.widget().adjustSize()
            area.ensureWidgetVisible(widget, 0, style.size("control"))

    def _on_looked(self, way: Way, text: str) -> None:
        asked, tray = self._asked, self.context.services.tray
        if asked is not None:
            self.context.tasks.run(
                lambda: tray.preview(asked.id, way, text),
                done=self.card.show_result,
                failed=self._on_refused,
                owner=self,
                topic="preview",
            )

    def _on_settled(self, way: Way, text: str) -> None:
        asked, tray = self._asked, self.context.services.tray
        if asked is not None:
            self.context.tasks.run(
                lambda: tray.close(asked.id, way, text, asked.stand),
                done=self._on_done,
                failed=self._on_refused,
                owner=self,
                lane="write",
            )

    def _on_done(self, _done: "Done[None]") -> None:
        self.context.notices.info(_("已经定下，随下一轮同步送到另一边。"))
        self.load()
        self.table.setFocus()

    def _on_refused(self, problem: Problem) -> None:
        if problem.field == "third":
            self.card.refuse(problem.sentence)
        self.refused(problem)
        if problem.field in ("stand", "conflict"):
            self.load()

    def _on_closed_to_us(self, problem: Problem) -> None:
        self._show(Tray())
        self.refused(problem)

    def _on_revealed(self) -> None:
        asked, tray = self._asked, self.context.services.tray
        if asked is not None:
            self.context.tasks.run(
                lambda: tray.reveal(asked.id),
                done=lambda done: self.card.show_clear(done.value),
                failed=self.refused,
                owner=self,
                lane="write",
            )

    def _on_open(self) -> None:
        if self._asked is not None:
            self.context.navigator.open(*self._asked.owner)

    def _on_read(self, ids: tuple[str, ...]) -> None:
        tray = self.context.services.tray
        self._write(lambda: tray.read_news(ids))

    def _on_again(self, op_id: str) -> None:
        tray = self.context.services.tray
        self._write(lambda: tray.send_again(op_id))

    def _on_give_up(self, op_id: str, question: str) -> None:
        tray = self.context.services.tray
        self.context.notices.ask(
            question, _("放下不用"), _("先留着"), lambda: self._write(lambda: tray.give_up(op_id))
        )

    def _write(self, work: Callable[[], object]) -> None:
        self.context.tasks.run(
            work, done=lambda _done: self.load(), failed=self.refused, owner=self, lane="write"
        )

    def _on_changed(self, _kinds: frozenset[str]) -> None:
        if self.isVisible():
            self.load()


def _day(asked: Question) -> str:
    return f"{asked.mine.at:%m-%d %H:%M}" if asked.mine.at is not None else ""


def _columns() -> list[Column]:
    return [
        Column(_("哪一处"), lambda each: each.title, strong=True),
        Column(_("没有用上的"), lambda each: each.mine.who, width=7),
        Column(_("什么时候"), _day, width=7, soft=True),
        Column(_("站点"), lambda each: each.station, width=12, soft=True),
    ]
