"""保密, 家庭暴力, 检举控告, 强制报告, 涉法涉诉: a tick each, and what it entails said at once."""

from collections.abc import Iterator

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QFrame, QVBoxLayout, QWidget

from desk.rules import labels
from desk.text import _
from desk.ui.parts.bound import Binder, Bound
from desk.ui.parts.boxes import GAP, label, row
from desk.ui.parts.combo import Combo
from desk.ui.parts.fields import LineField
from desk.ui.parts.flow import FlowLayout
from desk.ui.parts.form_row import FormRow

_SAFETY = ("confidential", "domestic_violence", "accusation")


def entails(safety: str, *, litigation: bool, reported: bool) -> tuple[str, ...]:
    """Return what the ticks entail, one sentence each (LZ-02, LZ-11, XF-15, product.md Safe)."""
    found = []
    if safety in _SAFETY:
        found.append(
            _("回执只印查询号和本站电话，来访人可以不拿；无权的人在搜索、卡片和统计里都看不到这次来访。")
        )
    if safety == "domestic_violence":
        found.append(_("疑似家庭暴力：受害人无或限制行为能力的，应立即向公安机关报告。"))
    if safety == "accusation":
        found.append(_("检举控告只能引导到纪检监察机关（12388），不填承办单位，绝不让被检举的人或单位知道。"))
    if litigation:
        found.append(_("涉法涉诉只能引导到有权处理的机关，不能交办。"))
    if reported:
        found.append(_("强制报告：侵害未成年人应立即向公安、民政或教育部门报告，写明向谁报告。"))
    return tuple(found)


class FlagsPart(QWidget):
    """The ticks, the sentences they entail, and the fields that only they ask for.

    Signals:
        limited: safety code and 涉法涉诉 after either changed; the outcome part minds them.
    """

    limited = Signal(str, bool)

    def __init__(self, binder: Binder, before: QWidget, parent: QWidget | None = None) -> None:
        """Args: `before` stands in the line of the ticks, to their left."""
        super().__init__(parent)
        self._binder = binder
        self._before = before

    def build(self) -> Iterator[None]:
        """Build the ticks, then what they ask for: all at once they are a long step of a form."""
        self._safety = {code: QCheckBox(labels.SAFETY[code]) for code in _SAFETY}
        self._report = QCheckBox(_("强制报告"))
        self._litigation = self._binder.tick("litigation", QCheckBox(_("涉法涉诉")))
        yield
        self._kind = Combo(list(labels.REPORT_KIND.items()))
        self._contact = FormRow(
            _("安全联系方式（什么人、什么时候方便；不发短信）"), LineField(_("安全联系方式"), limit=120)
        )
        self._recipient = FormRow(_("向谁报告"), LineField(_("向谁报告"), limit=60), needed=True)
        self._kind_row = FormRow(_("报告事项"), self._kind)
        self._words = label("", "entail", wrap=True)
        self._bar = QFrame()
        self._bar.setProperty("role", "bar")
        self._bar.setProperty("tone", "amber")
        yield
        self._lay_out()
        self._bind()

    def set_hint(self, hint: str) -> None:
        """Show the profile's hint in the field for a safe contact."""
        if isinstance(self._contact.field, LineField):
            self._contact.field.setPlaceholderText(hint)

    def _lay_out(self) -> None:
        ticks = QWidget()
        flow = FlowLayout(ticks, gap=14)
        for widget in (self._before, *self._safety.values(), self._report, self._litigation):
            flow.addWidget(widget)
        report = row(gap=GAP)
        report.addWidget(self._kind_row, 1)
        report.addWidget(self._recipient, 2)
        inside = QVBoxLayout(self._bar)
        inside.setContentsMargins(12, 7, 12, 9)
        inside.setSpacing(6)
        inside.addWidget(self._words)
        inside.addWidget(self._contact)
        inside.addLayout(report)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(6)
        whole.addWidget(ticks)
        whole.addWidget(self._bar)
        self._show()

    def _bind(self) -> None:
        self._binder.line("safe_contact", self._contact)
        self._binder.line("report_recipient", self._recipient)
        first = self._safety["confidential"]
        self._binder.other("safety", Bound(first, self.safety, self._paint_safety, lambda _text: None))
        self._binder.other(
            "report_kind", Bound(self._kind, self._report_kind, self._paint_report, lambda _t: None)
        )
        for code, box in self._safety.items():
            # Not `clicked`: a screen reader toggles a tick without clicking it.
            box.toggled.connect(lambda on, code=code: self._on_safety(code, on=on))
        self._report.toggled.connect(lambda: self._on_changed("report_kind"))
        self._kind.currentIndexChanged.connect(lambda: self._on_changed("report_kind"))
        self._litigation.toggled.connect(lambda: self._on_changed("litigation"))

    def safety(self) -> str:
        """Return the safety code; the three exclude each other."""
        return next((code for code, box in self._safety.items() if box.isChecked()), "none")

    def _paint_safety(self, code: str) -> None:
        self._tick_only(code)
        self._show()

    def _tick_only(self, code: str) -> None:
        for known, box in self._safety.items():
            blocked = box.blockSignals(True)
            box.setChecked(known == code)
            box.blockSignals(blocked)

    def _report_kind(self) -> str:
        return self._kind.value() if self._report.isChecked() else ""

    def _paint_report(self, kind: str) -> None:
        if kind:
            self._kind.set_value(kind)
        self._report.setChecked(bool(kind))
        self._show()

    def _on_safety(self, code: str, *, on: bool) -> None:
        self._tick_only(code if on else "none")
        if on and code == "domestic_violence":
            self._kind.set_value(code)
        self._on_changed("safety")

    def _on_changed(self, name: str) -> None:
        self._show()
        self._binder.edited.emit(name)

    def _show(self) -> None:
        safety, litigation = self.safety(), self._litigation.isChecked()
        sentences = entails(safety, litigation=litigation, reported=self._report.isChecked())
        self._words.setText("\n".join(sentences))
        self._contact.setVisible(safety != "none")
        self._kind_row.setVisible(self._report.isChecked())
        self._recipient.setVisible(self._report.isChecked())
        self._bar.setVisible(bool(sentences))
        self.limited.emit(safety, litigation)
