"""The head of a consultation: number, adviser and where it came from; the ways on and the end."""

from PySide6.QtWidgets import QWidget

from desk.rules.consultation_states import ENDED
from desk.services.consultation.values import Consultation
from desk.text import _
from desk.ui.parts.boxes import column, label, one_layout, row, tell
from desk.ui.parts.key_hint import KeyButton


class HeadPart(QWidget):
    """Title and number on the left, the verbs on the right."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        # Wraps where large text leaves it little room: the window may not grow for it.
        self._about = label("", "label", wrap=True)
        self.drop = KeyButton(_("不登记了"))
        self.resume = KeyButton(_("按约继续"))
        self.mediate = KeyButton(_("转调解"))
        self.aid = KeyButton(_("引导法律援助"))
        self.finish = KeyButton(_("完成并打印"), "Ctrl Enter", "main")
        self.buttons = (self.drop, self.resume, self.mediate, self.aid, self.finish)
        self._line = line = row(label(_("法律咨询"), "title"), gap=12)
        line.addWidget(self._about, 1)
        for button in self.buttons:
            line.addWidget(button)
        self._safe = label("", "problem", wrap=True)
        self.setLayout(column(line, self._safe, gap=4))
        self.show_card(None, dirty=False)

    def hang(self, chip: QWidget) -> None:
        """Take a chip in beside the title."""
        self._line.insertWidget(1, chip)

    def show_card(self, card: Consultation | None, *, dirty: bool) -> None:
        """Say number, adviser, visit and how a safe one may be reached, and show the buttons of the state."""
        with one_layout(self):
            self._show_buttons(card)
        self._about.setText(self._words(card, dirty=dirty))

    def _show_buttons(self, card: Consultation | None) -> None:
        self.drop.setVisible(card is None)
        self.resume.setVisible(card is not None and card.state == "appointed")
        for button in (self.mediate, self.aid, self.finish):
            button.setVisible(card is None or card.state not in ENDED)
        tell(self._safe, card.safe_contact if card is not None else "")

    @staticmethod
    def _words(card: Consultation | None, *, dirty: bool) -> str:
        if card is None:
            return _("填姓名（或不愿透露），回车就有号")
        parts = [card.number, card.adviser_name]
        if card.visit_number:
            parts.append(_("来自来访 {number}").format(number=card.visit_number))
        if card.state == "appointed" and card.appointment_at is not None:
            parts.append(_("约在 {at}").format(at=f"{card.appointment_at:%m-%d %H:%M}"))
        parts.append(_("草稿已保存") if dirty else _("已保存"))
        return " · ".join(part for part in parts if part)
