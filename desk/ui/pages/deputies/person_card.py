"""One deputy: mandates, phone on request, and coming on duty."""

from collections.abc import Set as AbstractSet
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QWidget

from desk.text import _
from desk.ui.context import Context
from desk.ui.parts.boxes import label, row, rule
from desk.ui.parts.card import Card
from desk.ui.parts.fields import LineField
from desk.ui.parts.key_hint import KeyButton

if TYPE_CHECKING:
    from desk.services.deputies import DeputyCard, MandateShown

_PIN_DIGITS = 6


class PersonCard(Card):
    """The deputy in view. The clerk vouches with one button; the deputy's own way is the PIN field.

    Signals:
        correction_wanted: this deputy is to be corrected by hand; the id.
    """

    correction_wanted = Signal(str)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(" ", parent=parent)
        self._context = context
        self._deputy: DeputyCard | None = None
        self._on_duty: AbstractSet[str] = frozenset()
        self._words = label("", wrap=True)
        self._phone = label("", "soft")
        self.reveal = _button(_("显示电话"), "link")
        self.reveal.clicked.connect(self._ask_reason)
        self.vouch = _button(_("请其上岗"), "main")
        self.vouch.clicked.connect(self._start_vouched)
        self.pin = LineField(_("PIN"), limit=_PIN_DIGITS, hint=_("六位 PIN"), digits=True)
        self.pin.setEchoMode(LineField.EchoMode.Password)
        self.pin.returnPressed.connect(self._start_by_pin)
        self.by_pin = _button(_("用 PIN 上岗"), "")
        self.by_pin.clicked.connect(self._start_by_pin)
        self.set_pin = _button(_("把它设为 PIN"), "link")
        self.set_pin.clicked.connect(self._set_pin)
        self._state = label("", "label", wrap=True)
        self.correct = KeyButton(_("修改"), "Ctrl E", "row")
        self.correct.clicked.connect(self._on_correct)
        self.depart = _button(_("调离"), "row")
        self.depart.clicked.connect(self._ask_depart)
        self.restore = _button(_("恢复在任"), "row")
        self.restore.clicked.connect(self._ask_restore)
        self.add(self._words)
        self.add(row(self._phone, self.reveal, None, gap=8))
        self.add(self._state)
        self.add(row(self.vouch, None, gap=8))
        self.add(row(self.pin, self.by_pin, gap=8))
        self.add(row(self.set_pin, None))
        self.add(rule())
        self.add(row(self.correct, self.depart, self.restore, None, gap=8))

    def show_deputy(self, deputy_id: str) -> None:
        """Ask for one deputy."""
        if not deputy_id:
            return
        if self._deputy is None or self._deputy.row.id != deputy_id:
            # Until the answer is here, nothing may be done to the one shown before.
            self._deputy = None
            self._let(on=False)
        services = self._context.services
        self._context.tasks.run(lambda: services.deputies.get(deputy_id), done=self._show, owner=self)

    def show_duty(self, deputy_ids: AbstractSet[str]) -> None:
        """Know who is on duty, so that nobody is asked to come twice."""
        self._on_duty = deputy_ids
        self._show_state()

    def _show(self, deputy: "DeputyCard") -> None:
        self._deputy = deputy
        self.set_title(deputy.row.name)
        self.set_aside(deputy.ethnicity)
        lines = [_mandate_words(mandate) for mandate in deputy.mandates]
        if deputy.row.consultative:
            lines.append(_("议政代表"))
        lines += [line for line in (deputy.row.post, deputy.remark) if line]
        self._words.setText("\n".join(lines))
        self._phone.setText(deputy.row.phone_masked or _("没有电话"))
        self.reveal.setVisible(bool(deputy.row.phone_masked))
        self._let(on=True)
        self._show_state()

    def _let(self, *, on: bool) -> None:
        for widget in (self.reveal, self.vouch, self.pin, self.by_pin, self.set_pin):
            widget.setEnabled(on)

    def _show_state(self) -> None:
        deputy = self._deputy
        if deputy is None:
            return
        here = deputy.row.id in self._on_duty
        gone = deputy.row.state != "active"
        self._state.setText(_("已在岗") if here else (_("已离任，不能上岗") if gone else ""))
        self._state.setVisible(here or gone)
        for widget in (self.vouch, self.pin, self.by_pin, self.set_pin):
            widget.setVisible(not here and not gone)
        self.depart.setVisible(not gone)
        self.restore.setVisible(gone)

    def _on_correct(self) -> None:
        if self._deputy is not None:
            self.correction_wanted.emit(self._deputy.row.id)

    def _ask_depart(self) -> None:
        if self._deputy is None:
            return
        words = _("{name}调离？代表资格今天终止，不再上岗、上墙；以前的接待记录都保留。")
        question = words.format(name=self._deputy.row.name)
        self._context.notices.ask(
            question,
            _("调离"),
            _("不调离"),
            lambda: self._change("depart"),
        )

    def _ask_restore(self) -> None:
        if self._deputy is None:
            return
        words = _("{name}恢复在任？原来的层级一并恢复，恢复后请核对。")
        question = words.format(name=self._deputy.row.name)
        self._context.notices.ask(
            question,
            _("恢复"),
            _("不恢复"),
            lambda: self._change("restore"),
        )

    def _change(self, verb: str) -> None:
        if self._deputy is None:
            return
        deputies, deputy_id = self._context.services.deputies, self._deputy.row.id
        work = {"depart": deputies.depart, "restore": deputies.restore}[verb]
        self._context.tasks.run(lambda: work(deputy_id), owner=self, lane="write")

    def _ask_reason(self) -> None:
        self._context.notices.ask_text(_("为什么要看电话？会记录在案。"), self._reveal)

    def _reveal(self, reason: str) -> None:
        if self._deputy is None:
            return
        services, deputy_id = self._context.services, self._deputy.row.id
        self._context.tasks.run(
            lambda: services.deputies.reveal_phone(deputy_id, reason),
            done=self._phone.setText,
            owner=self,
            lane="write",
        )

    def _start_vouched(self) -> None:
        if self._deputy is None:
            return
        services, deputy_id = self._context.services, self._deputy.row.id
        self._context.tasks.run(
            lambda: services.duty.start(deputy_id, vouched=True), owner=self, lane="write"
        )

    def _start_by_pin(self) -> None:
        if self._deputy is None or not self.pin.value():
            return
        services, deputy_id, pin = self._context.services, self._deputy.row.id, self.pin.value()
        self.pin.clear()
        self._context.tasks.run(lambda: services.duty.start(deputy_id, pin=pin), owner=self, lane="write")

    def _set_pin(self) -> None:
        if self._deputy is None:
            return
        services, deputy_id, pin = self._context.services, self._deputy.row.id, self.pin.value()
        self._context.tasks.run(
            lambda: services.duty.set_pin(deputy_id, pin), done=self._on_pin_set, owner=self, lane="write"
        )

    def _on_pin_set(self, _done: object) -> None:
        self.pin.clear()
        self._context.notices.info(_("PIN 已设好，下次可以用它上岗。"))


def _mandate_words(mandate: "MandateShown") -> str:
    level = _("{level}人大代表").format(level=mandate.level)
    words = " · ".join(word for word in (level, mandate.place, mandate.term) if word)
    return words if mandate.active else _("{words}（已终止）").format(words=words)


def _button(text: str, kind: str) -> QPushButton:
    made = QPushButton(text)
    made.setProperty("kind", kind)
    return made
