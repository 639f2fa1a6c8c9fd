"""Risks of a case as ticks; one that must be reported asks at once to whom (MED-07, LZ-11)."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from desk.rules.dispute_codes import REPORT_RECIPIENT, RISK_FLAG, report_sentence
from desk.services.mediation.forms import ReportForm
from desk.services.mediation.people_values import RiskView
from desk.services.mediation.values import CaseFrame
from desk.text import _
from desk.ui.pages.mediation.fields import Ticks
from desk.ui.parts.boxes import label, row, tell
from desk.ui.parts.combo import Combo


class RisksField(QWidget):
    """The flags, and for each that must be reported a line with its recipient.

    Signals:
        edited: something was changed.
    """

    edited = Signal()

    def __init__(self, frame: CaseFrame, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ticks = Ticks(_("风险"), [(each.code, each.label) for each in frame.choices["risk_flag"]])
        self._lines: dict[str, tuple[QFrame, Combo]] = {}
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(5)
        box.addWidget(label(_("风险"), "label"))
        box.addWidget(self.ticks)
        for flag, risk in RISK_FLAG.items():
            if risk.recipients:
                box.addWidget(self._line(flag, risk.recipients))
        self._problem = label("", "problem", wrap=True)
        self._problem.hide()
        box.addWidget(self._problem)
        self.ticks.changed.connect(self._on_changed)
        self._show()

    def flags(self) -> tuple[str, ...]:
        """Return the flags that are set."""
        return self.ticks.value()

    def reports(self) -> tuple[ReportForm, ...]:
        """Return to whom each of them was reported."""
        return tuple(
            ReportForm(flag, combo.value())
            for flag, (_frame, combo) in self._lines.items()
            if flag in self.flags() and combo.value()
        )

    def set_value(self, flags: tuple[str, ...], reports: tuple[ReportForm, ...]) -> None:
        """Show flags and reports."""
        self.ticks.set_value(flags)
        told = {each.flag: each.recipient for each in reports}
        for flag, (_frame, combo) in self._lines.items():
            combo.set_value(told.get(flag, ""))
        self._show()

    def show_risks(self, risks: tuple[RiskView, ...]) -> None:
        """Say when and by whom each report was made."""
        for risk in risks:
            if risk.flag in self._lines and risk.reported_at is not None:
                combo = self._lines[risk.flag][1]
                words = _("{at:%m-%d %H:%M} 由{who}报告").format(at=risk.reported_at, who=risk.reporter)
                combo.setToolTip(words)

    def set_problem(self, sentence: str) -> None:
        """Say which report is missing."""
        tell(self._problem, sentence)

    def first(self) -> QWidget:
        """Return where the focus goes: the report that was not made yet, or the first tick."""
        open_ones = (
            combo for frame, combo in self._lines.values() if not frame.isHidden() and not combo.value()
        )
        return next(open_ones, self.ticks.first())

    def _line(self, flag: str, recipients: tuple[str, ...]) -> QFrame:
        combo = Combo([("", _("还没有报告")), *((code, REPORT_RECIPIENT[code]) for code in recipients)])
        combo.setAccessibleDescription(_("{risk} 向谁报告").format(risk=RISK_FLAG[flag].label))
        combo.setMinimumContentsLength(8)
        combo.activated.connect(lambda _index: self.edited.emit())
        frame = QFrame()
        frame.setProperty("role", "bar")
        frame.setProperty("tone", "amber")
        line = row(gap=10, margin=6)
        line.addWidget(label(report_sentence(flag), "entail", wrap=True), 1)
        line.addWidget(combo)
        frame.setLayout(line)
        self._lines[flag] = (frame, combo)
        return frame

    def _on_changed(self) -> None:
        self._show()
        self.edited.emit()

    def _show(self) -> None:
        for flag, (frame, _combo) in self._lines.items():
            frame.setVisible(flag in self.flags())
