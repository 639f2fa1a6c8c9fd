"""设置: a list of subjects and the one in view."""

from collections.abc import Iterator, Sequence

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from desk.text import _
from desk.ui import style
from desk.ui.context import Context
from desk.ui.page import Page
from desk.ui.pages.settings.section import Section
from desk.ui.parts.boxes import WIDE, label
from desk.ui.parts.card import Card
from desk.ui.parts.columns import scrolled
from desk.ui.turns import dress


class SettingsPage(Page):
    """Shows one section at a time; sections are built when first seen, in turns of the loop.

    Until a new one is ready the old one stays in view.
    """

    told_by_day = True

    def __init__(self, context: Context, sections: Sequence[type[Section]]) -> None:
        super().__init__(context)
        self._kinds = tuple(sections)
        self._built: dict[int, Section] = {}
        self._list = QListWidget()
        self._list.setProperty("role", "menu")
        self._list.setAccessibleName(_("设置的项目"))
        self._list.addItems([_(kind.title) for kind in self._kinds])
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._begun: set[int] = set()
        self._loaded: set[int] = set()
        self._stack = QStackedWidget()
        # Something empty to begin with: a stack shows its first page at once, whether it is ready or not.
        self._stack.addWidget(QWidget())
        self._list.currentRowChanged.connect(self._on_row)
        # Larger text, or a message below, leaves the list less room: which subject is in view stays seen.
        self._list.verticalScrollBar().rangeChanged.connect(lambda _least, _most: self._keep_in_view())
        context.live.badged.connect(self._on_badge)
        self._on_badge("settings", context.live.waiting("settings"))
        self._fit()
        menu, frame = Card(), Card()
        menu.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        menu.body.setContentsMargins(8, 8, 8, 8)
        frame.body.setContentsMargins(1, 1, 1, 1)
        menu.add(self._list)
        frame.add(self._stack)
        box = QVBoxLayout(self)
        box.setContentsMargins(18, 16, 18, 8)
        box.setSpacing(WIDE)
        box.addWidget(label(_("设置"), "title"))
        columns = QHBoxLayout()
        columns.setSpacing(WIDE)
        columns.addWidget(menu)
        columns.addWidget(frame, 1)
        box.addLayout(columns, 1)

    @property
    def title(self) -> str:
        """The page's name."""
        return _("设置")

    @property
    def help_text(self) -> str:
        """What can be done here."""
        return _("左边选项目，右边改。改动当场保存，站点、用户和本地规则只有站长能改，每次改动都有记录。")

    def load(self) -> None:
        """Show the first section, or load the one in view again."""
        # The rows were laid out before the page was dressed, lower than they are painted.
        self._list.doItemsLayout()
        at = self._list.currentRow()
        # Focus makes the first row current without choosing it.
        self._list.setCurrentRow(max(at, 0))
        if at >= 0:
            self._on_row(at)

    def changeEvent(self, event: QEvent) -> None:
        """Let the list be as wide as its words at another text size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_list"):
            self._fit()

    def showEvent(self, event: QShowEvent) -> None:
        """Give the subjects their height anew: asked for before the page had its look, they lay too close."""
        super().showEvent(event)
        self._list.doItemsLayout()

    def _fit(self) -> None:
        self._list.setFixedWidth(style.size("text") * 8 + 24)

    def show_record(self, record_id: str) -> None:
        """Show a section by its title."""
        for at, kind in enumerate(self._kinds):
            if _(kind.title) == record_id:
                self._list.setCurrentRow(at)

    def _keep_in_view(self) -> None:
        item = self._list.currentItem()
        if item is not None:
            self._list.scrollToItem(item)

    def _on_badge(self, page: str, count: int) -> None:
        """Say on its row how much waits, and what for screen readers."""
        for at, kind in enumerate(self._kinds):
            if page == "settings" and kind.counts:
                words = _(kind.title)
                self._list.item(at).setText(f"{words}  {count}" if count else words)

    def _on_row(self, at: int) -> None:
        if at in self._built:
            self._bring(at)
        elif at not in self._begun:
            self._begun.add(at)
            self.context.tasks.by_turns(self._steps(at), done=lambda: self._bring(at), owner=self)

    def _steps(self, at: int) -> Iterator[None]:
        """Build a section, unless somebody has gone on meanwhile."""
        if self._list.currentRow() == at:
            section = self._kinds[at](self.context)
            yield
            area = scrolled(section)
            self._stack.addWidget(area)
            yield
            yield from dress(area)
            self._built[at] = section
        self._begun.discard(at)

    def _bring(self, at: int) -> None:
        if at not in self._built or self._list.currentRow() != at:
            return
        section = self._built[at]
        for index in range(self._stack.count()):
            if self._stack.widget(index).isAncestorOf(section):
                self._stack.setCurrentIndex(index)
        if at not in self._loaded or not section.is_half_typed():
            self._loaded.add(at)
            section.load()
