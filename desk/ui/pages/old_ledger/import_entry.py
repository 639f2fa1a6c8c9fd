"""One line of the old ledger beside the table: its words, every doubt, and whether to take it over."""

from PySide6.QtWidgets import QLabel, QWidget

from desk.rules import labels
from desk.services.old_ledger.plan_values import NEW, SKIP
from desk.services.old_ledger.values import LedgerRow
from desk.text import _
from desk.ui.pages.old_ledger.import_rows import Line, who
from desk.ui.parts.boxes import label
from desk.ui.parts.combo import Combo
from desk.ui.parts.form_row import FormRow
from desk.ui.parts.sheet_import import LineCard


class ImportEntry(LineCard):
    """The line in view."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(" ", parent=parent)
        self._number = 0
        self._doubts = label("", "problem", wrap=True)
        self._becomes = label("", "strong", wrap=True)
        self._said = label("", "soft", wrap=True)
        self.choice = Combo([(NEW, _("导入为未办结事项")), (SKIP, _("跳过，不导入"))])
        self.choice.setAccessibleDescription(_("这一行怎么处理"))
        self.choice.activated.connect(lambda _index: self.decided.emit(self._number, self.choice.value()))
        self._choice_row = FormRow(_("这一行怎么处理"), self.choice)
        for widget in (self._becomes, self._doubts, self._choice_row, self._said):
            self.add(widget)
        self.body.addStretch(1)
        self.clear()

    def clear(self) -> None:
        """Show nothing."""
        self.set_title(_("没有选中的行"))
        for widget in (self._becomes, self._doubts, self._said, self._choice_row):
            widget.hide()

    def show_line(self, line: Line) -> None:
        """Show one line of the ledger."""
        row = line.entry.row
        self._number = row.line
        self.set_title(_("第 {line} 行　{who}").format(line=row.line, who=who(row)))
        _say(self._becomes, _becomes(row) if line.action == NEW else "")
        _say(self._doubts, "\n".join(line.reasons))
        _say(self._said, _said(row))
        self.choice.set_value(line.choice)
        self._choice_row.setVisible(not line.entry.fixed)


def _becomes(row: LedgerRow) -> str:
    """Return in words what the line becomes."""
    if not row.unit:
        return labels.OUTCOME["triage"]
    return _("{outcome}：{level} {unit}").format(
        outcome=labels.OUTCOME["proposed"], level=labels.LEVEL[row.level], unit=row.unit
    )


def _said(row: LedgerRow) -> str:
    request = _("诉求：{words}").format(words=row.request) if row.request else ""
    receivers = _("接待代表：{words}").format(words="、".join(row.receivers)) if row.receivers else ""
    return "\n".join(filter(None, (row.statement, request, receivers, row.note)))


def _say(widget: QLabel, text: str) -> None:
    widget.setText(text)
    widget.setVisible(bool(text))
