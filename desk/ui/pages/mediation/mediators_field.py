"""Who mediates: mediators of the committee as ticks, who chose them (MED-03), and who records."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from desk.services.mediation.forms import CaseMediatorForm
from desk.services.mediation.values import CaseFrame
from desk.text import _
from desk.ui.parts.boxes import GAP, label, one_layout, row, tell, tick_quietly
from desk.ui.parts.combo import Combo
from desk.ui.parts.fields import LineField
from desk.ui.parts.flow import FlowLayout
from desk.ui.parts.form_row import FormRow


class MediatorsField(QWidget):
    """The mediators of the committee in question; one who left the committee stays on the case.

    Signals:
        edited: another choice was made.
    """

    edited = Signal()

    def __init__(self, frame: CaseFrame, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._frame = frame
        self._forms: tuple[CaseMediatorForm, ...] = ()
        self._committee_id = ""
        self._boxes: dict[str, QCheckBox] = {}
        self._names: dict[str, str] = {}
        self._holder = QWidget()
        self._flow = FlowLayout(self._holder, gap=12)
        self._none = label(_("先选调委会，再选它的调解员。"), "label")
        self._chosen = Combo([(each.code, each.label) for each in frame.choices["chosen_by"]])
        self._chosen.setAccessibleDescription(_("调解员由谁确定"))
        self._recorder = LineField(_("记录人"), limit=60)
        line = row(gap=GAP)
        line.addWidget(FormRow(_("调解员由谁确定"), self._chosen), 1)
        line.addWidget(FormRow(_("记录人"), self._recorder), 1)
        self._problem = label("", "problem", wrap=True)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(5)
        box.addWidget(label(_("调解员 *"), "label"))
        box.addWidget(self._none)
        box.addWidget(self._holder)
        box.addWidget(self._problem)
        box.addLayout(line)
        self._problem.hide()
        self._chosen.activated.connect(lambda _index: self.edited.emit())
        self._recorder.textEdited.connect(lambda _text: self.edited.emit())

    def set_committee(self, committee_id: str) -> None:
        """Offer the mediators of another committee."""
        if committee_id != self._committee_id:
            chosen = [code for code, box in self._boxes.items() if box.isChecked()]
            self._committee_id = committee_id
            self._build(chosen)

    def value(self) -> tuple[CaseMediatorForm, ...]:
        """Return mediators and recorder."""
        known = {each.mediator_id: each for each in self._forms if each.role == "mediator"}
        found = [
            CaseMediatorForm(
                id=known[code].id if code in known else "",
                mediator_id=code,
                name=self._names[code],
                role="mediator",
                chosen_by=self._chosen.value(),
            )
            for code, box in self._boxes.items()
            if box.isChecked()
        ]
        before = next((each for each in self._forms if each.role == "recorder"), CaseMediatorForm())
        if self._recorder.value():
            same = self._recorder.value() == before.name
            mediator_id = before.mediator_id if same else ""
            found.append(CaseMediatorForm(before.id, mediator_id, self._recorder.value(), "recorder"))
        return tuple(found)

    def set_value(self, forms: tuple[CaseMediatorForm, ...]) -> None:
        """Show these without saying so."""
        self._forms = forms
        mine = [each for each in forms if each.role == "mediator"]
        self._names |= {each.mediator_id: each.name for each in mine if each.name}
        self._build([each.mediator_id for each in mine])
        if mine:
            self._chosen.set_value(mine[0].chosen_by)
        self._recorder.setText(next((each.name for each in forms if each.role == "recorder"), ""))

    def adopt(self, forms: tuple[CaseMediatorForm, ...]) -> None:
        """Know the ids of those who are in the record now, whoever is ticked here."""
        self._forms = forms

    def set_problem(self, sentence: str) -> None:
        """Say what is missing."""
        tell(self._problem, sentence)

    def first(self) -> QWidget:
        """Return where the focus goes."""
        return next(iter(self._boxes.values()), self._chosen)

    def _build(self, chosen: list[str]) -> None:
        offered = [each for each in self._frame.mediators if each.committee_id == self._committee_id]
        self._names |= {each.id: each.name for each in offered}
        codes = list(dict.fromkeys([*(each.id for each in offered), *chosen]))
        words = [(code, self._names.get(code, code)) for code in codes]
        # The same people are shown whenever a case is saved: whoever goes by keys stays where he is.
        if words != [(code, box.text()) for code, box in self._boxes.items()]:
            with one_layout(self._holder):
                self._offer(words)
        for code, box in self._boxes.items():
            tick_quietly(box, on=code in chosen)
        self._none.setVisible(not codes)
        self._none.setText(
            _("这个调委会还没有登记调解员，请站长在“设置 › 调委会”里登记。")
            if self._committee_id
            else _("先选调委会，再选它的调解员。")
        )

    def _offer(self, words: list[tuple[str, str]]) -> None:
        self._flow.clear()
        self._boxes = {}
        for code, name in words:
            box = QCheckBox(name, self._holder)
            box.setAccessibleName(_("调解员 {name}").format(name=name))
            box.toggled.connect(self.edited)
            self._boxes[code] = box
            self._flow.addWidget(box)
            box.show()
