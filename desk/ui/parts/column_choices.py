"""What each column of a file was taken for, and the way to correct it."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QWidget

from desk.services.sheets.headers import IGNORED, Column
from desk.text import _
from desk.ui.parts.boxes import column, label, row
from desk.ui.parts.card import Card
from desk.ui.parts.combo import Combo
from desk.ui.parts.flow import FlowLayout


class ColumnChoices(Card):
    """One line of what was recognised; opened, a choice per column.

    Signals:
        corrected: the clerk changed a column; column from 0 → meaning, for all columns.
        sheet_chosen: another sheet of the workbook is to be read; its name.
    """

    corrected = Signal(object)
    sheet_chosen = Signal(str)

    def __init__(self, meanings: Mapping[str, str], parent: QWidget | None = None) -> None:
        """Args: `meanings` maps each code a column may have to its words, IGNORED among them."""
        super().__init__(parent=parent)
        self._meanings = meanings
        self._longest = max(map(len, meanings.values())) + 1  # the arrow takes a letter's room
        self._found = label("", wrap=True)
        self._sheets = Combo()
        self._sheets.setAccessibleDescription(_("工作表"))
        self._sheets.activated.connect(lambda _index: self.sheet_chosen.emit(self._sheets.value()))
        self.toggle = QPushButton(_("改各栏含义"))
        self.toggle.setProperty("kind", "row")
        self.toggle.setCheckable(True)
        self.toggle.toggled.connect(self._on_toggled)
        line = row(gap=8)
        line.addWidget(self._found, 1)
        line.addWidget(self._sheets)
        line.addWidget(self.toggle)
        self.add(line)
        self._choices: dict[int, Combo] = {}
        self._holder = QWidget()
        self._flow = FlowLayout(self._holder, gap=10)
        self.add(self._holder)
        self._holder.hide()

    def show_columns(self, columns: Sequence[Column], sheet: str = "", others: Sequence[str] = ()) -> None:
        """Show the columns as they were understood, and which sheet of the workbook they stand on."""
        known = [self._in_words(each) for each in columns if each.meaning != IGNORED]
        unknown = [each.title for each in columns if each.meaning == IGNORED and each.title]
        words = _("认出 {known}").format(known="、".join(known)) if known else _("没有认出任何一栏")
        self._found.setText(
            words + (_("；不导入 {unknown}").format(unknown="、".join(unknown)) if unknown else "")
        )
        self._sheets.set_choices([(each, each) for each in (sheet, *others)])
        self._sheets.set_value(sheet)
        self._sheets.setVisible(bool(others))
        if set(self._choices) != {each.index for each in columns}:
            self._build(columns)
        for each in columns:
            self._choices[each.index].set_value(each.meaning)

    def open(self) -> None:
        """Show the choices."""
        self.toggle.setChecked(True)

    def close_choices(self) -> None:
        """Hide the choices again, for the next file."""
        self.toggle.setChecked(False)

    def choice(self, index: int) -> Combo:
        """Return the choice of a column, counted from 0."""
        return self._choices[index]

    def _build(self, columns: Sequence[Column]) -> None:
        self._flow.clear()
        self._choices = {}
        for each in columns:
            title = each.title or _("第 {number} 栏").format(number=each.index + 1)
            choice = Combo([(code, _(words)) for code, words in self._meanings.items()])
            choice.setMinimumContentsLength(self._longest)
            choice.setAccessibleDescription(title)
            choice.activated.connect(self._on_chosen)
            self._choices[each.index] = choice
            cell = QWidget()
            cell.setLayout(column(label(title, "label"), choice, gap=2))
            self._flow.addWidget(cell)

    def _on_chosen(self, _index: int) -> None:
        self.corrected.emit({index: choice.value() for index, choice in self._choices.items()})

    def _on_toggled(self, shown: bool) -> None:
        self._holder.setVisible(shown)

    def _in_words(self, column: Column) -> str:
        """Return a column's title, with what it was taken for if the title says something else."""
        meaning = _(self._meanings[column.meaning])
        return column.title if column.title == meaning else f"{column.title}（{meaning}）"
