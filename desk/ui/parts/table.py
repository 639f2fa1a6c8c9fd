"""Lists that stay quick: a table that asks for the next page only when somebody scrolls there.

A page of rows comes from a service as `(rows, next_key)`; nothing ever loads a whole table.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView, QWidget

from desk.ui import style
from desk.ui.parts.cells import paint_rows
from desk.ui.parts.six_ones import dots_width
from desk.ui.tasks import Tasks

_Index = QModelIndex | QPersistentModelIndex


class RowPage(Protocol):
    """A page of rows as services return it."""

    @property
    def rows(self) -> tuple[Any, ...]:
        """The rows, in order."""

    @property
    def next_key(self) -> str | None:
        """What to ask the next page with; None at the end."""


Fetch = Callable[[str | None], RowPage]


@dataclass(frozen=True)
class Column:
    """One column: its title, how a row reads there, and how it looks.

    `tone` makes the text a pill (see parts/pill.py; "" leaves it plain text), `dots` paints the six ones
    instead; `width` is in characters, 0 takes what is left over. Where that would be fewer than `least`
    characters, the columns that may be missed (`spare`) are left out.
    """

    title: str
    text: Callable[[Any], str]
    width: int = 0
    tone: Callable[[Any], str] | None = None
    dots: Callable[[Any], Sequence[str]] | None = None
    strong: bool = False
    soft: bool = False
    least: int = 0
    spare: bool = False


class PagedModel(QAbstractTableModel):
    """The rows fetched so far.

    Signals:
        wanted: the view came near the end and `next_key` is to be fetched.
    """

    wanted = Signal(str)

    def __init__(
        self, columns: Sequence[Column], key: Callable[[Any], str], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self._key = key
        self._rows: list[Any] = []
        self._next: str | None = None
        self._asked = False
        self._flag: tuple[int, Callable[[Any], str]] | None = None

    def flag(self, column: int, words: Callable[[Any], str]) -> None:
        """Show a short word at the end of a column's cell where `words` has one for the row."""
        self._flag = (column, words)

    def flagged(self, row: int, column: int) -> str:
        """Return the short word of a cell, "" for none."""
        if self._flag is None or self._flag[0] != column:
            return ""
        return self._flag[1](self._rows[row])

    def start(self, rows: Sequence[Any], next_key: str | None) -> None:
        """Replace everything by a first page."""
        self.beginResetModel()
        self._rows = list(rows)
        self._next, self._asked = next_key, False
        self.endResetModel()

    def append(self, rows: Sequence[Any], next_key: str | None) -> None:
        """Add a page at the end."""
        first = len(self._rows)
        if rows:
            self.beginInsertRows(QModelIndex(), first, first + len(rows) - 1)
            self._rows.extend(rows)
            self.endInsertRows()
        self._next, self._asked = next_key, False

    def forget_question(self, after: str | None) -> None:
        """Allow a page to be asked for again if it did not arrive."""
        if self._next == after:
            self._asked = False

    def row(self, index: int) -> Any:
        """Return the value of a row."""
        return self._rows[index]

    def key(self, index: int) -> str:
        """Return the key of a row."""
        return self._key(self._rows[index])

    def find(self, key: str) -> int:
        """Return where a key stands among the rows fetched so far, -1 if nowhere."""
        return next((at for at, row in enumerate(self._rows) if self._key(row) == key), -1)

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """Return how many rows are fetched."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """Return how many columns there are."""
        return 0 if parent.isValid() else len(self.columns)

    def canFetchMore(self, parent: _Index) -> bool:
        """Tell whether there is a next page that nobody has asked for yet."""
        return not parent.isValid() and self._next is not None and not self._asked

    def fetchMore(self, _parent: _Index) -> None:
        """Ask for the next page; it comes by `append`."""
        if self._next is not None and not self._asked:
            self._asked = True
            self.wanted.emit(self._next)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a cell says; how it looks is painted by the table."""
        column, row = self.columns[index.column()], self._rows[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return column.text(row)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return " ".join(filter(None, (column.text(row), self.flagged(index.row(), index.column()))))
        return None

    def headerData(self, section: int, way: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the title of a column."""
        if way == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self.columns[section].title
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None


class PagedTable(QTableView):
    """A table of rows with Enter to open, arrows and Page Down to go, and more rows on demand.

    Signals:
        opened: Enter or a double click on a row; its key.
        chosen: another row has become the current one; its key.
        filled: a page has arrived; how many rows are there now.
    """

    opened = Signal(str)
    chosen = Signal(str)
    filled = Signal(int)

    def __init__(
        self,
        name: str,
        columns: Sequence[Column],
        *,
        tasks: Tasks | None = None,
        key: Callable[[Any], str] = lambda row: str(row.id),
        parent: QWidget | None = None,
    ) -> None:
        """Args: `name` for screen readers; `tasks` is needed for `show_pages` only."""
        super().__init__(parent)
        self.setAccessibleName(name)
        self._tasks = tasks
        self._fetch: Fetch | None = None
        self._at_most = 0
        self.rows = PagedModel(columns, key, self)
        self.rows.wanted.connect(self._on_wanted)
        self.setModel(self.rows)
        self._dress()
        self.doubleClicked.connect(lambda index: self.opened.emit(self.rows.key(index.row())))
        self.selectionModel().currentRowChanged.connect(self._on_current)

    def show_rows(self, rows: Sequence[Any]) -> None:
        """Show a short list that is complete."""
        self._fetch = None
        self._start(rows, None)

    def show_pages(self, fetch: Fetch, *, stay: bool = False) -> None:
        """Show a long list: `fetch(None)` gives the first page, `fetch(next_key)` each following one.

        `stay` asks again for as many rows as there are and keeps the place: somebody is reading there.
        """
        self._fetch = fetch
        wanted = self.rows.rowCount() if stay else 0
        self._run(None, lambda: _as_many(fetch, wanted), self._on_again if wanted else self._on_first)

    def key(self) -> str:
        """Return the key of the current row, "" for none."""
        index = self.currentIndex()
        return self.rows.key(index.row()) if index.isValid() else ""

    def choose(self, key: str) -> None:
        """Make a row the current one if it has been fetched; "" makes it none."""
        at = self.rows.find(key) if key else -1
        if at >= 0:
            self.selectRow(at)
        elif not key:
            self.setCurrentIndex(QModelIndex())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open with Enter."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            if self.key():
                self.opened.emit(self.key())
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the rows in view, all in one go.

        Asked for cell by cell through Qt, each would give Python's lock away and wait to have it back a dozen
        times, beside whatever else runs.
        """
        paint_rows(self, self.rows, event.rect(), _row_height())

    def changeEvent(self, event: Any) -> None:
        """Grow with the text size."""
        super().changeEvent(event)
        if hasattr(self, "rows"):
            self._measure()
            self.fold()
            if self._at_most:
                self.fit_height(self._at_most)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave out what may be missed where the room is short."""
        super().resizeEvent(event)
        self.fold()

    def fit_height(self, at_most: int = 12) -> None:
        """Be as high as the rows shown, for short lists inside a card, at any text size from now on."""
        self._at_most = at_most
        rows = min(self.rows.rowCount(), at_most)
        self.setFixedHeight(self.horizontalHeader().sizeHint().height() + rows * _row_height() + 4)

    def _dress(self) -> None:
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setSectionsClickable(False)
        self._measure()

    def _measure(self) -> None:
        self.verticalHeader().setDefaultSectionSize(_row_height())
        header = self.horizontalHeader()
        letter = self.fontMetrics().horizontalAdvance("国")
        for at, column in enumerate(self.rows.columns):
            if column.width:
                header.setSectionResizeMode(at, QHeaderView.ResizeMode.Interactive)
                header.resizeSection(at, _wide(column, letter))
            else:
                header.setSectionResizeMode(at, QHeaderView.ResizeMode.Stretch)

    def fold(self) -> None:
        """Look again what has room, as after a column was hidden or shown by who holds the table."""
        letter = self.fontMetrics().horizontalAdvance("国")
        columns = enumerate(self.rows.columns)
        wanted = [column for at, column in columns if column.spare or not self.isColumnHidden(at)]
        narrow = sum(_wide(column, letter) for column in wanted) > self.width()
        for at, column in enumerate(self.rows.columns):
            if column.spare:
                self.setColumnHidden(at, narrow)

    def _start(self, rows: Sequence[Any], next_key: str | None) -> None:
        kept = self.key()
        self.rows.start(rows, next_key)
        if kept:
            self.choose(kept)
        self.filled.emit(self.rows.rowCount())

    def _run(self, after: str | None, work: Callable[[], RowPage], done: Callable[[RowPage], None]) -> None:
        assert self._tasks is not None, "show_pages needs tasks"
        # One topic: a page asked for under an old filter must not be added under a new one.
        self._tasks.run(
            work,
            done=done,
            ended=lambda: self.rows.forget_question(after),
            owner=self,
            topic="rows",
        )

    def _on_first(self, page: RowPage) -> None:
        self._start(page.rows, page.next_key)

    def _on_again(self, page: RowPage) -> None:
        top = self.rowAt(0)
        first = self.rows.key(top) if top > 0 else ""
        self._start(page.rows, page.next_key)
        at = self.rows.find(first) if first else 0
        self.scrollTo(self.rows.index(max(at, 0), 0), QAbstractItemView.ScrollHint.PositionAtTop)

    def _on_wanted(self, after: str) -> None:
        fetch = self._fetch
        if fetch is not None:
            self._run(after, lambda: fetch(after), self._on_next)

    def _on_next(self, page: RowPage) -> None:
        self.rows.append(page.rows, page.next_key)
        self.filled.emit(self.rows.rowCount())

    def _on_current(self, now: QModelIndex, _before: QModelIndex) -> None:
        if now.isValid():
            self.chosen.emit(self.rows.key(now.row()))


def _row_height() -> int:
    return style.size("control") + 1


def _wide(column: Column, letter: int) -> int:
    """Return the pixels a column asks for."""
    return (dots_width() if column.dots else (column.width or column.least) * letter) + 18


@dataclass(frozen=True)
class _Pages:
    """Several pages as one."""

    rows: tuple[Any, ...]
    next_key: str | None


def _as_many(fetch: Fetch, wanted: int) -> RowPage:
    """Return the first page, or as many as hold `wanted` rows; runs in the background."""
    page = fetch(None)
    rows, after = page.rows, page.next_key
    while after is not None and len(rows) < wanted:
        page = fetch(after)
        rows, after = rows + page.rows, page.next_key
    return _Pages(rows, after)
