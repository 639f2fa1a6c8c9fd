"""利益冲突 of the mediators: who is not to go on, and for the head what stands against them (FL-11)."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desk.services.consultation.values import HitView
from desk.services.mediation.people_values import CaseMediatorView
from desk.services.mediation.values import CaseCard
from desk.text import _
from desk.ui.context import Context
from desk.ui.parts.boxes import label, row
from desk.ui.parts.headed_rows import small_button


class MediatorConflicts(QWidget):
    """One line for each mediator who was hit; nobody but the head gets the buttons.

    Signals:
        reason_wanted: a question, and what makes a `Work` of the answer.
    """

    reason_wanted = Signal(str, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context: Context | None = None
        self._case_id = ""
        self._lines: list[QWidget] = []
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(4)
        self.hide()

    def settle_in(self, context: Context) -> None:
        """Take what looking needs."""
        self._context = context

    def show_card(self, card: CaseCard) -> None:
        """Show who of this case was hit."""
        self._case_id = card.id
        for line in self._lines:
            self._box.removeWidget(line)
            line.hide()
            line.deleteLater()
        self._lines = [self._line(each) for each in card.mediators if each.conflict == "hit"]
        for line in self._lines:
            self._box.addWidget(line)
        self.setVisible(bool(self._lines))

    def _line(self, one: CaseMediatorView) -> QWidget:
        made = QWidget()
        words = _("{name}：利益冲突检查没有通过，请换一位调解员；同名不同人的，由站长核对。")
        line = row(gap=8)
        line.addWidget(label(words.format(name=one.name), "problem", wrap=True), 1)
        if one.check_id:
            look = small_button(_("查看原因"), _("查看{name}的冲突原因").format(name=one.name))
            judge = small_button(_("认定同名"), _("认定{name}只是同名").format(name=one.name))
            look.clicked.connect(lambda: self._look(one.check_id))
            judge.clicked.connect(lambda: self._judge(one.checked_as))
            line.addWidget(look)
            line.addWidget(judge)
        made.setLayout(line)
        return made

    def _look(self, check_id: str) -> None:
        context = self._context
        if context is None:
            return

        def show(hit: HitView) -> None:
            context.notices.warn(hit.sentence)

        checks = context.services.consultation.checks
        context.tasks.run(lambda: checks.look(check_id), done=show, owner=self, lane="write")

    def _judge(self, checked_as: str) -> None:
        case_id = self._case_id
        self.reason_wanted.emit(
            _("凭什么认定只是同名、不是同一人？（会记入审计）"),
            lambda why: lambda services: services.mediation.checks.judge(case_id, checked_as, why),
        )
