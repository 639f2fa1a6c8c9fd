"""What each column of the file was taken for, and the way to correct it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QWidget

from desk.services.roster.columns import IGNORED, MEANING
from desk.services.roster.values import Roster
from desk.services.sheets.headers import Column
from desk.text import _
from desk.ui.parts.boxes import column, label, row
from desk.ui.parts.card import Card
from desk.ui.parts.combo import Combo
from desk.ui.parts.flow import FlowLayout

_LONGEST = max(map(len, MEANING.values())) + 1  # the arrow takes a letter's room


class ImportColumns(Card):
    """One line of what was recognised; opened, a choice per column.

    Signals:
        corrected: the clerk changed a column; column from 0 → meaning, for all columns.
        sheet_chosen: another sheet of the workbook is to be read; its name.
    """

    corrected = Signal(object)
    sheet_chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
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

    def show_roster(self, roster: Roster) -> None:
        """Show the columns as they were understood."""
        known = [_in_words(column) for column in roster.columns if column.meaning != IGNORED]
        unknown = [column.title for column in roster.columns if column.meaning == IGNORED and column.title]
        words = _("认出 {known}").format(known="、".join(known)) if known else _("没有认出任何一栏")
        self._found.setText(
            words + (_("；不导入 {unknown}").format(unknown="、".join(unknown)) if unknown else "")
        )
        sheets = [roster.sheet, *roster.other_sheets]
        self._sheets.set_choices([(sheet, sheet) for sheet in sheets])
        self._sheets.set_value(roster.sheet)
        self._sheets.setVisible(bool(roster.other_sheets))
        self._show_choices(roster)

    def open(self) -> None:
        """Show the choices."""
        self.toggle.setChecked(True)

    def close_choices(self) -> None:
        """Hide the choices again, for the next file."""
        self.toggle.setChecked(False)

    def choice(self, index: int) -> Combo:
        """Return the choice of a column, counted from 0."""
        return self._choices[index]

    def _show_choices(self, roster: Roster) -> None:
        if set(self._choices) != {column.index for column in roster.columns}:
            self._build(roster)
        for each in roster.columns:
            self._choices[each.index].set_value(each.meaning)

    def _build(self, roster: Roster) -> None:
        while (item := self._flow.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        self._choices = {}
        for each in roster.columns:
            title = each.title or _("第 {number} 栏").format(number=each.index + 1)
            choice = Combo([(code, _(words)) for code, words in MEANING.items()])
            choice.setMinimumContentsLength(_LONGEST)
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


def _in_words(column: Column) -> str:
    """Return a column's title, with what it was taken for if the title says something else."""
    meaning = _(MEANING[column.meaning])
    return column.title if column.title == meaning else f"{column.title}（{meaning}）"
