"""What the list of disputes is narrowed to: the chips with their counts, type, committee, mediator, words."""

from collections.abc import Sequence

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desk.services.mediation.values import CaseFilter, CaseFrame, GroupCount
from desk.text import _
from desk.ui.parts.boxes import row, swap
from desk.ui.parts.chips import Chips
from desk.ui.parts.combo import Combo
from desk.ui.parts.fields import LineField

_DUE = "due"
_ALL = "all"
_TYPING_MS = 250


class ListFilters(QWidget):
    """One row of chips and one of choices.

    Signals:
        changed: another choice was made, or words were typed and a moment has passed.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._groups: tuple[tuple[str, str], ...] = ()
        self._chips_box = row(gap=0)
        self.chips = self._make_chips(())
        self._chips_box.addWidget(self.chips, 1)
        self.type = _combo(_("全部类型"), _("纠纷类型"))
        self.committee = _combo(_("全部调委会"), _("调委会"))
        self.mediator = _combo(_("全部调解员"), _("调解员"))
        self.text = LineField(_("在列表里找"), limit=50, hint=_("案号、名称、姓名、电话末四位"), digits=False)
        self._timer = QTimer(self)
        self._timer.setObjectName("words")
        self._timer.setSingleShot(True)
        self._timer.setInterval(_TYPING_MS)
        self._timer.timeout.connect(self.changed)
        self.text.textEdited.connect(self._on_typed)
        self.text.composed.connect(self._on_typed)
        choices = row(self.type, self.committee, self.mediator, gap=8)
        choices.addWidget(self.text, 1)
        for combo in (self.type, self.committee, self.mediator):
            combo.activated.connect(lambda _index: self.changed.emit())
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(8)
        box.addLayout(self._chips_box)
        box.addLayout(choices)

    def set_frame(self, frame: CaseFrame) -> None:
        """Offer what there is: types, committees, mediators."""
        types = [(each.code, each.label) for each in frame.choices["dispute_type"]]
        self.type.set_choices([("", _("全部类型")), *types])
        self.committee.set_choices(
            [("", _("全部调委会")), *((each.id, each.name) for each in frame.committees)]
        )
        self.mediator.set_choices(
            [("", _("全部调解员")), *((each.id, each.name) for each in frame.mediators)]
        )
        self.committee.setVisible(len(frame.committees) > 1)

    def set_counts(self, counts: Sequence[GroupCount], due: int) -> None:
        """Show how many stand under each chip."""
        total = sum(each.count for each in counts)
        words = [
            (_ALL, _("全部 {n}").format(n=total)),
            (_DUE, _("快到期 {n}").format(n=due)),
            *((each.group, f"{each.label} {each.count}") for each in counts),
        ]
        if [code for code, _words in words] == [code for code, _words in self._groups]:
            for code, text in words:
                self.chips.button(code).setText(text)
        else:
            chosen = self.chips.value()
            fresh = self._make_chips(words)
            self.chips = swap(self._chips_box, self.chips, fresh)
            fresh.set_value(chosen or _ALL)
        self._groups = tuple(words)

    def value(self) -> CaseFilter:
        """Return the filter as it is set."""
        chip = self.chips.value()
        return CaseFilter(
            group="" if chip in (_ALL, _DUE) else chip,
            due=chip == _DUE,
            dispute_type=self.type.value(),
            committee_id=self.committee.value(),
            mediator_id=self.mediator.value(),
            text=self.text.value(),
        )

    def is_set(self) -> bool:
        """Tell whether anything narrows the list."""
        return self.value() != CaseFilter()

    def clear(self) -> None:
        """Show everything again."""
        self.chips.set_value(_ALL)
        for combo in (self.type, self.committee, self.mediator):
            combo.set_value("")
        self.text.clear()

    def _make_chips(self, words: Sequence[tuple[str, str]]) -> Chips:
        made = Chips(_("案件状态"), words)
        made.chosen.connect(lambda _code: self.changed.emit())
        return made

    def _on_typed(self) -> None:
        if not self.text.composing:
            self._timer.start()


def _combo(all_of_them: str, name: str) -> Combo:
    made = Combo([("", all_of_them)])
    made.setAccessibleDescription(name)
    made.setMinimumContentsLength(8)
    return made
