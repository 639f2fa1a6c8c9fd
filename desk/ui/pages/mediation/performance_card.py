"""履行: each term with how it stands; one line says when and how much of it was performed."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QPushButton, QWidget

from desk.rules.mediation_states import OWED
from desk.services.mediation.agreement_values import Term
from desk.services.mediation.values import CaseCard
from desk.text import _
from desk.ui.parts.boxes import label, row, swap, tell
from desk.ui.parts.card import Card
from desk.ui.parts.combo import Combo
from desk.ui.parts.day_field import DayField, day_problem
from desk.ui.parts.fields import LineField
from desk.ui.parts.key_hint import KeyButton
from desk.ui.parts.pill import Pill

_TONES = {"performed": "green", "partly": "amber"}
_CLOCK = {"red": "red", "yellow": "amber", "white": "plain"}


class PerformanceCard(Card):
    """The terms, and below them the form that writes one down as performed.

    Signals:
        asked: a verb of a service and the sentence said when it is done.
        reason_wanted: a question, and what makes a verb of the answer.
    """

    asked = Signal(object, str)
    reason_wanted = Signal(str, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("履行"), parent=parent)
        self._case_id = ""
        self._asked: Term | None = None
        self._terms: tuple[Term, ...] = ()
        self._lines = QWidget()
        self._none = label(_("协议生效以后，在这里逐条登记履行。"), "soft", wrap=True)
        self.term = Combo()
        self.term.setAccessibleDescription(_("哪一条"))
        self.day = DayField(_("履行日期"))
        self.day.setPlaceholderText(_("空着是今天"))
        self.amount = LineField(_("到现在为止付了多少"), limit=24, hint=_("空着是全部"), digits=True)
        self.note = LineField(_("凭证或说明"), limit=200, hint=_("凭证或说明"))
        self.done = KeyButton(_("登记履行"), kind="row")
        self._problem = label("", "problem", wrap=True)
        self._form = QWidget()
        line = row(gap=8)
        for widget, share in (
            (self.term, 3),
            (self.day, 2),
            (self.amount, 2),
            (self.note, 3),
            (self.done, 0),
        ):
            line.addWidget(widget, share)
        self._form.setLayout(line)
        for part in (self._none, self._lines, self._form, self._problem):
            self.add(part)
        self.done.clicked.connect(self._on_done)

    def show_card(self, card: CaseCard) -> None:
        """Show the terms of the agreement in force; what is typed stays until it is written down."""
        self._case_id = card.id
        agreement = card.agreement
        terms = agreement.terms if agreement is not None and agreement.in_force else ()
        self._show_terms(terms)
        self.set_aside(agreement.total_text if agreement is not None and terms else "")
        self._none.setVisible(not terms)
        fresh = QWidget()
        grid = QGridLayout(fresh)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(1, 1)
        owed = card.state in OWED
        for line, term in enumerate(terms):
            self._line(grid, line, term, mendable=owed or card.state == "performed")
        self._lines = swap(self.body, self._lines, fresh)
        open_ones = [each for each in terms if each.state in ("open", "partly")]
        self.term.set_choices([(each.id, f"{each.n}. {each.text}") for each in open_ones])
        self._form.setVisible(owed and bool(open_ones))
        self._say("")

    def go_to(self, name: str) -> bool:
        """Put the focus on the term that is to be written down."""
        if name in {"clauses", "performed_on", "term"}:
            self.term.setFocus()
            return True
        return False

    def _line(self, grid: QGridLayout, line: int, term: Term, *, mendable: bool) -> None:
        grid.addWidget(label(f"{term.n}."), line, 0)
        grid.addWidget(label(term.text, wrap=True), line, 1)
        grid.addWidget(label(term.ower, "soft"), line, 2)
        grid.addWidget(label(term.amount_figures, "soft"), line, 3)
        grid.addWidget(label(term.due_text, "soft", wrap=True), line, 4)
        if term.state_label:
            tone = _TONES.get(term.state) or _CLOCK.get(term.colour, "plain")
            day = f" {term.performed_on:%m-%d}" if term.performed_on is not None else ""
            grid.addWidget(Pill(f"{term.state_label}{day}", tone), line, 5)
        grid.addWidget(label(term.left_text if term.state != "performed" else term.note, "label"), line, 6)
        if mendable and term.state in ("performed", "partly"):
            undo = QPushButton(_("改回未履行"))
            undo.setProperty("kind", "link")
            undo.setAccessibleName(_("第 {n} 条改回未履行").format(n=term.n))
            case_id, term_id = self._case_id, term.id
            undo.clicked.connect(
                lambda: self.reason_wanted.emit(
                    _("为什么改回未履行？"),
                    lambda why: (
                        lambda services: services.mediation.agreements.term_open(case_id, term_id, why)
                    ),
                )
            )
            grid.addWidget(undo, line, 7)

    def _show_terms(self, terms: tuple[Term, ...]) -> None:
        """Clear the fields once the term they were about is another one than when it was asked for."""
        # Not before: a refusal must leave them as they are, blank would mean all of it, today.
        self._terms = terms
        if self._asked is not None and self._asked not in terms:
            self._asked = None
            for field in (self.day, self.amount, self.note):
                field.clear()

    def _say(self, sentence: str) -> None:
        tell(self._problem, sentence)

    def _on_done(self) -> None:
        problem = day_problem(self.day.text())
        self._say(problem)
        if problem or not self.term.value():
            return
        case_id, term_id, on = self._case_id, self.term.value(), self.day.day()
        amount, note = self.amount.value(), self.note.value()
        self._asked = next((each for each in self._terms if each.id == term_id), None)
        self.asked.emit(
            lambda services: services.mediation.agreements.term_done(
                case_id, term_id, on, amount=amount, note=note
            ),
            "",
        )
