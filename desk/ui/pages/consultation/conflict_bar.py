"""利益冲突检查 over the form: not made, clear, or a hit and its ways out; nothing of whom (FL-11)."""

from datetime import datetime

from PySide6.QtCore import QDateTime, Qt, QTime, Signal
from PySide6.QtWidgets import QDateTimeEdit, QFrame, QWidget

from desk import clock
from desk.services.consultation.values import ConflictView, Consultation
from desk.text import _
from desk.ui import style
from desk.ui.parts.boxes import column, label, one_layout, row, tell
from desk.ui.parts.flow import FlowLayout
from desk.ui.parts.key_hint import KeyButton

_TONES = {"unchecked": "", "hit": "amber", "clear": "green", "no_other_party": "green", "namesake": "green"}
_NINE = QTime(9, 0)


class ConflictBar(QFrame):
    """One line on the check, with the buttons that fit; below it, opened, the other dates and places.

    Signals:
        sent: a way out was chosen: "appointed", "hotline" or "other_station".
    """

    sent = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "bar")
        self._words = label("", wrap=True)
        self.check = KeyButton(_("检查"), "Alt C", "row")
        self.change = KeyButton(_("换解答人"), kind="row")
        self.away = KeyButton(_("改约 / 转 12348"), kind="row")
        self.away.setCheckable(True)
        self.look = KeyButton(_("查看原因"), kind="row")
        self.judge = KeyButton(_("认定同名"), kind="row")
        self._ways = self._ways_out()
        line = row(label(_("利益冲突检查"), "strong"), gap=14)
        line.addWidget(self._words, 1)
        for button in (self.look, self.judge, self.check, self.change, self.away):
            line.addWidget(button)
        whole = column(line, self._ways, gap=8)
        # Its words begin where those of the cards do.
        whole.setContentsMargins(16, 8, 16, 8)
        self.setLayout(whole)
        self.away.toggled.connect(self._ways.setVisible)
        self.show_card(None)

    def show_card(self, card: Consultation | None) -> None:
        """Show what the check says and the buttons that help."""
        with one_layout(self):
            self._show(card)

    def _show(self, card: Consultation | None) -> None:
        conflict = card.conflict if card is not None else ConflictView("unchecked", _("未查"), "", False)
        hit = conflict.code == "hit"
        self._words.setText(_sentence(conflict))
        self.check.setVisible((not hit and conflict.code not in _TONES) or conflict.code == "unchecked")
        self.change.setVisible(hit)
        # Another date or 12348 is a way also before anything was checked.
        self.away.setVisible(card is None or card.state in ("opened", "checked", "appointed"))
        for button in (self.look, self.judge):
            button.setVisible(bool(conflict.check_id))
        tone = _TONES.get(conflict.code, "")
        if self.property("tone") != tone:
            self.setProperty("tone", tone)
            style.repolish(self)

    def offer_check(self) -> None:
        """Offer the check again: the people or the adviser have just changed (FL-11)."""
        self.check.show()

    def appointment(self) -> datetime:
        """Return the date and time chosen for coming again."""
        shown = self._when.dateTime()
        day, time = shown.date(), shown.time()
        zone = clock.now().tzinfo
        return datetime(day.year(), day.month(), day.day(), time.hour(), time.minute(), tzinfo=zone)

    def show_appointment(self, at: datetime | None) -> None:
        """Propose the appointment that stands, or tomorrow at nine."""
        if at is not None:
            here = at.astimezone(clock.now().tzinfo)
            self._when.setDateTime(QDateTime(here.year, here.month, here.day, here.hour, here.minute, 0))
        else:
            today = clock.today()
            tomorrow = QDateTime(today.year, today.month, today.day, 0, 0, 0).addDays(1)
            tomorrow.setTime(_NINE)
            self._when.setDateTime(tomorrow)
        self.away.setChecked(False)

    def say_day(self, sentence: str) -> None:
        """Say what is wrong with the day of the appointment, "" for nothing."""
        tell(self._day, sentence and _("{sentence}选好时间，按“改约”。").format(sentence=sentence))

    def ask_day(self) -> None:
        """Open the other dates and put the focus into the day."""
        self.away.setChecked(True)
        self._when.setFocus(Qt.FocusReason.OtherFocusReason)

    def _ways_out(self) -> QWidget:
        self._when = QDateTimeEdit()
        self._when.setDisplayFormat("yyyy-MM-dd HH:mm")
        self._when.setCalendarPopup(True)
        self._when.setAccessibleName(_("约定的时间"))
        self.appoint = KeyButton(_("改约"))
        self.hotline = KeyButton(_("请拨 12348"))
        self.elsewhere = KeyButton(_("转其他站"))
        self._day = label("", "problem")
        self._day.hide()
        holder = QWidget()
        flow = FlowLayout(holder, gap=10)
        buttons = (self.appoint, self.hotline, self.elsewhere)
        for widget in (label(_("改约到"), "label"), self._when, *buttons, self._day):
            flow.addWidget(widget)
        holder.hide()
        for button, way in (
            (self.appoint, "appointed"),
            (self.hotline, "hotline"),
            (self.elsewhere, "other_station"),
        ):
            button.clicked.connect(lambda _on=False, each=way: self.sent.emit(each))
        return holder


def _sentence(conflict: ConflictView) -> str:
    if conflict.code == "hit":
        return _("{sentence}原因已记录，由站长查看。").format(sentence=conflict.sentence)
    if conflict.code == "unchecked":
        return _("还没有检查。填好咨询人、对方当事人和解答人，检查后才能写解答意见。")
    return _("{label}，可以解答。").format(label=_words(conflict))


def _words(conflict: ConflictView) -> str:
    return _("没有发现冲突") if conflict.code == "clear" else conflict.label
