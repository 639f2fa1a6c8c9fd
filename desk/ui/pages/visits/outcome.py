"""处理方式: six chips and, under them, only the fields the chosen one asks for."""

from collections.abc import Iterator
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from desk.rules import labels
from desk.rules.visit_states import Record, allowed_outcomes
from desk.services.visit_frame import Frame
from desk.text import _
from desk.ui.parts.bound import Binder
from desk.ui.parts.boxes import GAP, label, row
from desk.ui.parts.chips import Chips
from desk.ui.parts.combo import Combo
from desk.ui.parts.fields import LineField
from desk.ui.parts.form_row import FormRow
from desk.ui.parts.headed_rows import BareRow

_LEVELS = ("village", "town", "county", "city")


def path_words(frame: Frame, outcome: str, level: str) -> str:
    """Return the grey line of an outcome: who approves, by when the visitor is told, what follows."""
    told = _("去向告知截至 {day}（{term}）").format(day=_day(frame.tell_by), term=frame.tell_term)
    if outcome == "proposed":
        body = frame.approvals.get(level, "")
        return _("签批：{body}；{told}").format(body=body, told=told) if body else told
    if outcome == "triage":
        return _("先研判再定去向；{told}").format(told=told)
    if outcome == "mediation":
        return _("完成后编出调解申请的号，转到矛盾调解。")
    if outcome == "consultation":
        return _("完成后编出咨询的号，转到法律咨询。")
    return ""


class OutcomePart(QWidget):
    """The chips and their dependent fields."""

    def __init__(self, binder: Binder, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._binder = binder
        self._frame: Frame | None = None
        self._guided_only = ""

    def build(self) -> Iterator[None]:
        """Build the chips, then the fields of each: all at once they are the longest step of a form."""
        self.chips = Chips(_("处理方式"), list(labels.OUTCOME.items()))
        self._row = FormRow(_("处理方式"), self.chips, needed=True)
        self._binder.chips("outcome", self.chips, list(labels.OUTCOME), self._row.set_problem)
        yield
        self._level = Combo(
            [
                ("", _("级别 *")),
                *[(code, _("级别 {level}").format(level=labels.LEVEL[code])) for code in _LEVELS],
            ]
        )
        self._path = label("", "label", wrap=True)
        self._parts = {"answered": self._answered()}
        yield
        self._parts["proposed"] = self._proposed()
        yield
        self._parts["guided"] = self._guided()
        yield
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(6)
        box.addWidget(self._row)
        for part in self._parts.values():
            box.addWidget(part)
        box.addWidget(self._path)
        self._binder.edited.connect(self._on_edited)
        self._show()

    def set_frame(self, frame: Frame) -> None:
        """Take the words of the profile: approval, term, addresses."""
        self._frame = frame
        choices = [("", _("常用去处")), *[(words, words) for _code, words in frame.guides]]
        self._quick.set_choices(choices)
        self._show()

    def limit(self, safety: str, litigation: bool) -> None:
        """Leave only the outcomes allowed: 引导 for 涉法涉诉 (LZ-02) and 检举控告 (XF-15)."""
        allowed = allowed_outcomes(Record(safety=safety, litigation=litigation))
        for code in labels.OUTCOME:
            self.chips.button(code).setEnabled(code in allowed)
        wanted = "accusation" if safety == "accusation" else "litigation" if litigation else ""
        if wanted == self._guided_only:
            return
        self._forget(self._guided_only)
        self._guided_only = wanted
        if wanted:
            self.chips.set_value("guided")
            self._to.setText(self._address(wanted) or self._to.text())
        self._binder.edited.emit("outcome")
        self._show()

    def _answered(self) -> QWidget:
        answer = LineField(_("答复内容"), limit=500, hint=_("答复内容 *"))
        return self._binder.line("answer_text", BareRow(_("答复内容"), answer))

    def _proposed(self) -> QWidget:
        level = BareRow(_("级别"), self._level)
        self._binder.combo("level", self._level, level.set_problem)
        unit = BareRow(_("拟主办单位"), LineField(_("拟主办单位"), limit=60, hint=_("拟主办单位")))
        fast = self._binder.tick("fast_track", QCheckBox(_("快办（小微急）")))
        return _side_by_side((level, 2), (self._binder.line("unit", unit), 3), (fast, 1))

    def _guided(self) -> QWidget:
        self._quick = Combo([("", _("常用去处"))])
        self._quick.activated.connect(self._on_quick)
        self._to = LineField(_("请来访人去哪里"), limit=120, hint=_("请来访人去哪里 *"))
        to = self._binder.line("guide_to", BareRow(_("请来访人去哪里"), self._to))
        why = LineField(_("引导的理由"), limit=200, hint=_("理由 *"))
        reason = self._binder.line("guide_reason", BareRow(_("理由"), why))
        return _side_by_side((to, 4), (BareRow(_("常用去处"), self._quick), 2), (reason, 4))

    def _on_quick(self) -> None:
        if self._quick.value():
            self._to.setText(self._quick.value())

    def _forget(self, limited_by: str) -> None:
        """Take back what a tick had filled in: the address of one kind must not stay for another."""
        if limited_by and self._to.value() == self._address(limited_by):
            self._to.clear()
            self.chips.set_value("")

    def _address(self, code: str) -> str:
        return dict(self._frame.guides).get(code, "") if self._frame is not None else ""

    def _on_edited(self, name: str) -> None:
        if name in {"outcome", "level"}:
            self._show()

    def _show(self) -> None:
        outcome = self.chips.value()
        for code, part in self._parts.items():
            part.setVisible(code == outcome)
        words = path_words(self._frame, outcome, self._level.value()) if self._frame is not None else ""
        self._path.setText(words)
        self._path.setVisible(bool(words))


def _side_by_side(*parts: tuple[QWidget, int]) -> QWidget:
    holder = QWidget()
    line = row(gap=GAP)
    for widget, share in parts:
        line.addWidget(
            widget, share, Qt.AlignmentFlag.AlignTop if isinstance(widget, BareRow) else Qt.AlignmentFlag(0)
        )
    holder.setLayout(line)
    return holder


def _day(day: date) -> str:
    return f"{day:%m-%d}"
