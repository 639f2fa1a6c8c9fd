"""After the reception: the reply to the visitor, and only then the visitor's word on the result."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from desk.rules import labels
from desk.services.outcome import Done
from desk.services.visit_values import Visit
from desk.text import _
from desk.ui.context import Context
from desk.ui.parts.boxes import GAP, label, row
from desk.ui.parts.chips import Chips
from desk.ui.parts.combo import Combo
from desk.ui.parts.fields import LineField, LongField
from desk.ui.parts.form_row import FormRow
from desk.ui.parts.key_hint import KeyButton

_REPLY, _RATE = "reply", "rate"
_Typed = tuple[str, str, str, str]
"""What is written: one of these two, of which visit, the code that was chosen and the words."""


class AfterPart(QFrame):
    """反馈 for a finished visit; 结果评价 once there is a reply.

    Signals:
        done: the visit as it is after the reply or rating.
    """

    done = Signal(object)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._visit: Visit | None = None
        self._on_its_way: list[_Typed] = []
        self.way = Combo(list(labels.REPLY_WAY.items()))
        self.text = LongField(_("反馈内容"), lines=2)
        self._text = FormRow(_("反馈内容"), self.text, needed=True)
        self.reply = KeyButton(_("记下反馈"))
        self.rating = Chips(_("结果评价"), list(labels.RATING.items()))
        self.reason = LineField(_("评价的原因"), limit=200, hint=_("原因（可不填）"))
        self.rate = KeyButton(_("记下结果评价"))
        self._reply_part = self._reply_box()
        self._rate_part = self._rate_box()
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(12)
        box.addWidget(self._reply_part)
        box.addWidget(self._rate_part)
        self.reply.clicked.connect(self._on_reply)
        self.rate.clicked.connect(self._on_rate)

    def show_visit(self, visit: Visit) -> None:
        """Show what may be done to this visit; what is half written for it stays."""
        if self._visit is None or self._visit.id != visit.id:
            self._clear()
        self._visit = visit
        may_reply = visit.state == "finished" and bool(visit.matter_id)
        self._reply_part.setVisible(may_reply)
        self._rate_part.setVisible(may_reply and visit.replied)

    def _reply_box(self) -> QWidget:
        holder = QWidget()
        box = QVBoxLayout(holder)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(label(_("反馈"), "heading"))
        line = row(gap=GAP)
        line.addWidget(FormRow(_("方式"), self.way), 1)
        line.addWidget(self._text, 4)
        box.addLayout(line)
        box.addLayout(row(self.reply, None))
        return holder

    def _rate_box(self) -> QWidget:
        holder = QWidget()
        box = QVBoxLayout(holder)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(label(_("结果评价"), "heading"))
        box.addWidget(self.rating)
        box.addWidget(self.reason)
        box.addLayout(row(self.rate, None))
        return holder

    def _on_reply(self) -> None:
        visit, visits = self._visit, self._context.services.visits
        way, text = self.way.value(), self.text.value()
        self._text.set_problem("" if text else _("请写明怎样答复了来访人。"))
        if visit is not None and text:
            matter_id = visit.matter_id
            self._write(lambda: visits.reply(matter_id, way, text), self._reply_typed)

    def _on_rate(self) -> None:
        visit, visits = self._visit, self._context.services.visits
        value, reason = self.rating.value(), self.reason.value()
        if visit is not None and value:
            matter_id = visit.matter_id
            self._write(lambda: visits.rate_result(matter_id, value, reason), self._rate_typed)

    def _write(self, work: Callable[[], Done[Visit]], read: Callable[[], _Typed]) -> None:
        """Write what `read` returns; pressed twice it is written once, for a fact stays."""
        typed = read()
        if typed not in self._on_its_way:
            self._on_its_way.append(typed)
            self._context.tasks.run(
                work,
                done=partial(self._on_done, read, typed),
                ended=lambda: self._on_its_way.remove(typed),
                owner=self,
                lane="write",
            )

    def _reply_typed(self) -> _Typed:
        return _REPLY, self._id, self.way.value(), self.text.value()

    def _rate_typed(self) -> _Typed:
        return _RATE, self._id, self.rating.value(), self.reason.value()

    @property
    def _id(self) -> str:
        return self._visit.id if self._visit is not None else ""

    def _clear(self, what: str = "") -> None:
        """Empty the reply or the rating, both without a word."""
        if what != _RATE:
            self.text.set_text("")
        if what != _REPLY:
            self.reason.clear()
            self.rating.set_value("")

    def _on_done(self, read: Callable[[], _Typed], typed: _Typed, done: Done[Visit]) -> None:
        """Show what came of it, unless another visit has come into view since; what is typed since stays."""
        if self._id == typed[1]:
            if read() == typed:
                self._clear(typed[0])
            self.done.emit(done.value)
