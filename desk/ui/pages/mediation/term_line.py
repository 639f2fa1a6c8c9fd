"""One row of 协议内容: what, who owes, how much with its Han words, how, by when, and how it stands."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QPushButton, QWidget

from desk.rules.agreement_money import in_words
from desk.services.mediation.agreement_values import Term
from desk.services.mediation.forms import TermForm
from desk.services.mediation.people_values import Choice
from desk.text import _
from desk.ui.pages.mediation.fields import Fields, show_code, with_none
from desk.ui.parts.boxes import label
from desk.ui.parts.combo import Combo
from desk.ui.parts.fields import LineField
from desk.ui.parts.pill import Pill
from desk.ui.parts.writer import Gap

BOTH = "双方"
_TONES = {"performed": "green", "partly": "amber"}
_CLOCK = {"red": "red", "yellow": "amber", "white": "plain"}
COLUMNS = (("内容", 24), ("履行人", 16), ("金额（元）", 14), ("方式", 11), ("期限", 14), ("状态", 10))
"""Titles and shares of the width."""


class TermLine(QWidget):
    """A clause to be filled in. The payee is asked for as soon as there is a sum.

    Signals:
        touched: something was changed.
        dropped: the line is to be taken away.
    """

    touched = Signal()
    dropped = Signal()

    def __init__(
        self, form: TermForm, ways: Sequence[Choice], people: Sequence[Choice], parent: QWidget | None = None
    ) -> None:
        """Args: `people` are the parties by id, or by name while they have none."""
        super().__init__(parent)
        self._form = form
        self.fields = Fields(self)
        self._ower = _who(_("履行人"), people)
        self._payee = _who(_("收款人"), people)
        self._words = label("", "label", wrap=True)
        self._given = label(_("付给"), "label")
        self.state = Pill("", "plain")
        self.state.hide()
        self.drop = QPushButton(_("去掉"))
        self.drop.setProperty("kind", "link")
        self.drop.setAccessibleName(_("去掉这一条"))
        self.drop.clicked.connect(self.dropped)
        self._lay_out(ways)
        self.fields.touched.connect(self._on_touched)
        for combo in (self._ower, self._payee):
            combo.activated.connect(lambda _index: self.touched.emit())
        self._paint()

    def value(self) -> TermForm:
        """Return the clause as it stands."""
        form = self.fields.read_into(self._form)
        ower_id, ower = _read_who(self._ower)
        payee_id, payee = _read_who(self._payee) if form.amount else ("", "")
        return TermForm(
            id=form.id,
            text=form.text,
            kind="",
            ower_id=ower_id,
            ower=ower,
            payee_id=payee_id,
            payee=payee,
            amount=form.amount,
            way=form.way,
            way_text=form.way_text,
            due_on=form.due_on,
        )

    def take(self, form: TermForm) -> bool:
        """Show another clause; how it stands is shown afterwards."""
        self._form = form
        self.state.hide()
        self._paint()
        return True

    def number(self, n: int) -> None:
        """Name the fields for screen readers: 第 1 条约定内容."""
        words = {
            self.fields.fields["text"].widget: _("约定内容"),
            self._ower: _("履行人"),
            self._payee: _("收款人"),
            self.fields.fields["amount"].widget: _("金额"),
            self.fields.fields["way"].widget: _("履行方式"),
            self.fields.fields["due_on"].widget: _("履行期限"),
            self.drop: _("去掉"),
        }
        for widget, what in words.items():
            widget.setAccessibleName(_("第 {n} 条{what}").format(n=n, what=what))

    def adopt(self, record_id: str) -> None:
        """Know the id the clause will have in its record."""
        self._form = replace(self._form, id=record_id)

    def is_empty(self) -> bool:
        """Tell whether nothing has been typed."""
        form = self.value()
        return not (form.text or form.amount or form.due_on)

    def is_unreadable(self, field: str) -> bool:
        """Tell whether what is typed as day or sum is none."""
        if field == "amount":
            return bool(in_words(str(self.fields.fields["amount"].read()))[1])
        return any(name == field for name, _sentence in self.fields.unreadable())

    def offer(self, people: Sequence[Choice], renamed: Mapping[str, str] | None = None) -> None:
        """Offer these parties, keeping who is chosen; `renamed` gives the new code of whoever had another."""
        for combo in (self._ower, self._payee):
            chosen = (renamed or {}).get(combo.value(), combo.value())
            combo.set_choices(_people(people))
            show_code(combo, chosen)

    def show_term(self, term: Term) -> None:
        """Show how the clause stands: its word, and while it is due how much time is left."""
        self.state.setVisible(bool(term.state_label))
        tone = _TONES.get(term.state) or _CLOCK.get(term.colour, "plain")
        self.state.say(term.state_label, tone)
        self.state.setToolTip(term.left_text)

    def set_open(self, *, on: bool) -> None:
        """Let the clause be changed, or only read."""
        self.fields.set_open(on=on)
        for combo in (self._ower, self._payee):
            combo.setEnabled(on)
        self.drop.setVisible(on)

    def mark(self, gaps: Sequence[Gap]) -> str:
        """Say what is wrong beside the fields; return the first one, "" for none here."""
        return self.fields.mark(gaps)

    def _lay_out(self, ways: Sequence[Choice]) -> None:
        fields = self.fields
        text = fields.text("text", _("约定内容"), limit=500, bare=True)
        amount = fields.text("amount", _("金额"), limit=24, digits=True, bare=True)
        if isinstance(amount.field, LineField):
            amount.field.setPlaceholderText("—")
        way = fields.pick("way", _("履行方式"), ways, bare=True, none="—")
        due = fields.day("due_on", _("履行期限"), bare=True)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(6)
        grid.setVerticalSpacing(4)
        for at, (_title, share) in enumerate(COLUMNS):
            grid.setColumnStretch(at, share)
        for at, widget in enumerate((text, self._ower, amount, way, due)):
            # At the top: a sentence under one field moves none of the others.
            grid.addWidget(widget, 0, at, Qt.AlignmentFlag.AlignTop)
        end = QWidget()
        end.setProperty("role", "level")
        inside = QGridLayout(end)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addWidget(self.state, 0, 0, Qt.AlignmentFlag.AlignLeft)
        inside.addWidget(self.drop, 0, 1)
        grid.addWidget(end, 0, 5, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(self._given, 1, 0)
        grid.addWidget(self._payee, 1, 1)
        grid.addWidget(self._words, 1, 2, 1, 4)
        self._given.setAlignment(self._given.alignment().AlignRight | self._given.alignment().AlignVCenter)

    def _paint(self) -> None:
        self.fields.paint(self._form)
        show_code(self._ower, self._form.ower_id or self._form.ower)
        show_code(self._payee, self._form.payee_id or self._form.payee)
        self._show_sum()

    def _on_touched(self, name: str) -> None:
        if name == "amount":
            self._show_sum()
        self.touched.emit()

    def _show_sum(self) -> None:
        typed = str(self.fields.fields["amount"].read())
        words, problem = in_words(typed)
        self._words.setText(words)
        self.fields.row("amount").set_problem(problem)
        for widget in (self._given, self._payee, self._words):
            widget.setVisible(bool(typed))


def where_wrong(lines: Sequence[TermLine], name: str) -> tuple[TermLine, str] | None:
    """Return the clause and the field that a gap named `name` means, None where there is no clause.

    That is the first clause whose day or sum cannot be read, else the first that lacks it, else the first.
    """
    field = {"due": "due_on", "amount": "amount"}.get(name, "text")
    unread = [line for line in lines if line.is_unreadable(field)]
    empty = [line for line in lines if not line.fields.fields[field].read()]
    return next(((line, field) for line in (*unread, *empty, *lines)), None)


def head(*, parent: QWidget | None = None) -> QWidget:
    """Return the titles above the lines, in the same shares of the width."""
    made = QWidget(parent)
    grid = QGridLayout(made)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(6)
    for at, (title, share) in enumerate(COLUMNS):
        grid.setColumnStretch(at, share)
        grid.addWidget(label(_(title), "label"), 0, at)
    return made


def _who(name: str, people: Sequence[Choice]) -> Combo:
    made = Combo(_people(people))
    made.setAccessibleDescription(name)
    return made


def _people(people: Sequence[Choice]) -> list[tuple[str, str]]:
    return [*with_none(people, "—"), (BOTH, _(BOTH))]


def _read_who(combo: Combo) -> tuple[str, str]:
    """Return id and name: only ids are codes that differ from their words."""
    code = combo.value()
    if not code or code == combo.currentText():
        return "", code
    return code, combo.currentText()
