"""Who has signed an agreement, and whose signature or seal is still missing (MED-12)."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QPushButton, QWidget

from desk.rules.mediation_labels import SIGN_KIND
from desk.services.mediation.agreement_values import AgreementView, SignatureView
from desk.text import _
from desk.ui.parts.boxes import label, row, swap, tell
from desk.ui.parts.card import Card
from desk.ui.parts.combo import Combo
from desk.ui.parts.day_field import DayField, day_problem
from desk.ui.parts.pill import Pill


class Signatures(Card):
    """One line for each place of the signature page.

    Signals:
        asked: a verb of a service and the sentence said when it is done.
        scan_wanted: the signed pages are to be scanned.
    """

    asked = Signal(object, str)
    scan_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("签字盖章"), parent=parent)
        self._lines = QWidget()
        self._problem = label("", "problem", wrap=True)
        self._missing: list[QWidget] = []
        self.scan = QPushButton(_("扫描签字页"))
        self.scan.setProperty("kind", "row")
        self.scan.clicked.connect(self.scan_wanted)
        self.add(self._lines)
        self.add(self._problem)
        self.add(row(self.scan, None))
        self._case_id = ""
        self._shown: tuple[str, AgreementView | None] | None = None
        self._typed: dict[tuple[str, str], tuple[DayField, Combo]] = {}

    def show_agreement(self, case_id: str, agreement: AgreementView | None) -> None:
        """Show the places; an oral agreement needs none."""
        shown = (case_id, agreement)
        if shown == self._shown:
            # A day half typed here stays while nothing was signed.
            return
        self._shown = shown
        self._case_id = case_id
        written = agreement is not None and agreement.form == "written"
        self.setVisible(written)
        if agreement is None or not written:
            return
        # Before that there is nothing to lay into the dossier yet.
        self.scan.setVisible(agreement.in_force)
        there = sum(bool(each.id) for each in agreement.signatures)
        self.set_aside(_("{there} / {all}").format(there=there, all=len(agreement.signatures)))
        fresh = QWidget()
        grid = QGridLayout(fresh)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(1, 1)
        self._missing = []
        typed = {place: (day.text(), way.value()) for place, (day, way) in self._typed.items()}
        self._typed = {}
        for line, place in enumerate(agreement.signatures):
            grid.addWidget(label(place.role_label, "label"), line, 0)
            grid.addWidget(label(place.name or _("未登记")), line, 1)
            if place.id:
                self._signed(grid, line, place, in_force=agreement.in_force)
            else:
                self._unsigned(grid, line, place, typed.get((place.role, place.signer_id)))
        self._lines = swap(self.body, self._lines, fresh)

    def set_problem(self, sentence: str) -> None:
        """Say what is missing."""
        tell(self._problem, sentence)

    def go_on(self) -> bool:
        """Put the focus on the first signature that is missing."""
        for widget in self._missing[:1]:
            widget.setFocus()
        return bool(self._missing)

    def _signed(self, grid: QGridLayout, line: int, place: SignatureView, *, in_force: bool) -> None:
        day = f"{place.signed_on:%Y-%m-%d}" if place.signed_on is not None else ""
        grid.addWidget(Pill(f"{place.way_label or _('已签')} {day}".strip(), "green"), line, 2)
        if in_force:
            return
        undo = QPushButton(_("撤回"))
        undo.setProperty("kind", "link")
        undo.setAccessibleName(_("撤回{who}的签字").format(who=place.name))
        case_id, signature_id = self._case_id, place.id
        why = _("登记有误")
        undo.clicked.connect(
            lambda: self.asked.emit(
                lambda services: services.mediation.agreements.unsign(case_id, signature_id, why), ""
            )
        )
        grid.addWidget(undo, line, 3)

    def _unsigned(
        self, grid: QGridLayout, line: int, place: SignatureView, typed: tuple[str, str] | None
    ) -> None:
        day = DayField(_("{who}签字的日期").format(who=place.name or place.role_label))
        day.setPlaceholderText(_("空着是今天"))
        day.setFixedWidth(day.fontMetrics().horizontalAdvance("国") * 11)
        way = Combo([("seal", SIGN_KIND["seal"])] if place.role == "seal" else list(SIGN_KIND.items()))
        way.setAccessibleDescription(_("方式"))
        if typed is not None:
            day.setText(typed[0])
            way.set_value(typed[1])
        self._typed[(place.role, place.signer_id)] = (day, way)
        button = QPushButton(_("登记"))
        button.setProperty("kind", "row")
        button.setAccessibleName(_("登记{who}已签字").format(who=place.name or place.role_label))
        case_id, role, signer = self._case_id, place.role, place.signer_id

        def sign() -> None:
            problem = day_problem(day.text())
            self.set_problem(problem)
            if not problem:
                on, how = day.day(), way.value()
                self.asked.emit(
                    lambda services: services.mediation.agreements.sign(case_id, role, signer, on, way=how),
                    "",
                )

        button.clicked.connect(sign)
        day.returnPressed.connect(sign)
        for at, widget in enumerate((day, way, button), start=2):
            grid.addWidget(widget, line, at)
        self._missing.append(day)
