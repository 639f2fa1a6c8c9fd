"""The right column: 曾来访, 类似事项, 告知与同意."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QBoxLayout, QCheckBox, QWidget

from desk.services.visit_frame import Frame
from desk.services.visit_values import PastVisit, PersonCard, Similar
from desk.text import _
from desk.ui.parts.bound import Binder
from desk.ui.parts.boxes import WIDE, column, label, row
from desk.ui.parts.card import Card
from desk.ui.parts.fields import dotted
from desk.ui.parts.flow import FlowLayout
from desk.ui.parts.headed_rows import small_button
from desk.ui.parts.pill import Pill

_SHOWN = 4
_SHORT = 5  # letters of a subject that stand beside the day
_LETTERS = 10  # of a subject, the whole of which stands in the tool tip
_VERSION = 8  # letters of a notice's version that stand beside the tick
_SIMILAR = 2  # more would push the consent out of view
_TONES = {"满意": "green", "基本满意": "green", "不满意": "red"}


class SideColumn(QWidget):
    """The three cards; below each other beside the form, beside each other when they fold under it.

    Signals:
        released: the person chosen earlier is not the one who sits here.
        opened: an earlier visit is to be shown; its id.
    """

    released = Signal()
    opened = Signal(str)

    def __init__(self, binder: Binder, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.history = HistoryCard(_("不是同一个人"))
        self.similar = SimilarCard()
        self.consent = ConsentCard(binder)
        self._box = QBoxLayout(QBoxLayout.Direction.TopToBottom, self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(WIDE - 4)
        for card in (self.history, self.similar, self.consent):
            self._box.addWidget(card)
        self._box.addStretch(1)
        self.history.released.connect(self.released)
        self.history.opened.connect(self.opened)

    def lie_down(self, *, flat: bool) -> None:
        """Stand the cards beside each other (`flat`) or below each other."""
        way = QBoxLayout.Direction.LeftToRight if flat else QBoxLayout.Direction.TopToBottom
        self._box.setDirection(way)
        for at in range(3):
            self._box.setStretch(at, 1 if flat else 0)
        # The room below the cards; beside them there is none to give away.
        self._box.setStretch(3, 0 if flat else 1)


class HistoryCard(Card):
    """曾来访: how often and about what; only for a person who was chosen.

    Signals:
        released: it is somebody else.
        opened: an earlier visit was pressed; its id.
    """

    released = Signal()
    opened = Signal(str)

    def __init__(self, release: str, *, counts_next: bool = True) -> None:
        """Args: `release` is the word on the button; `counts_next` counts the visit at hand too."""
        super().__init__(_("曾来访"))
        self._counts_next = counts_next
        self._lines = QWidget()
        self._release = small_button(release)
        self._release.clicked.connect(self.released)
        self.add(self._lines)
        self.add(row(self._release, None))
        self.body.addStretch(1)
        self.hide()

    def show_card(self, card: PersonCard | None, current: str = "") -> None:
        """Show what is known of a person; None hides the card. `current` is the visit being recorded."""
        self.setVisible(card is not None)
        if card is None:
            return
        past = [visit for visit in card.visits if visit.visit_id != current]
        before = card.times - (len(card.visits) - len(past))
        words = (
            _("第 {n} 次").format(n=before + 1) if self._counts_next else _("来过 {n} 次").format(n=before)
        )
        self.set_aside(words)
        fresh = QWidget()
        lines = column(gap=6)
        for visit in past[:_SHOWN]:
            lines.addWidget(self._line(visit))
        if not past:
            lines.addWidget(label(_("没有可以看的来访"), "label"))
        fresh.setLayout(lines)
        self.body.replaceWidget(self._lines, fresh)
        self._lines.hide()
        self._lines.deleteLater()
        self._lines = fresh

    def _line(self, visit: PastVisit) -> QWidget:
        """Return day, subject and rating, under each other where the column is narrow."""
        subject = dotted(visit.subject, _LETTERS)
        words = _("打开 {day} 的来访：{subject}").format(day=visit.day, subject=visit.subject)
        button = small_button(subject, words)
        button.setToolTip(visit.subject)
        button.clicked.connect(lambda: self.opened.emit(visit.visit_id))
        line = QWidget()
        flow = FlowLayout(line, gap=6)
        parts: list[QWidget] = [label(f"{visit.day:%Y-%m-%d}"), button]
        if visit.rating_label:
            pill = Pill(visit.rating_label, _TONES.get(visit.rating_label, "plain"))
            # A long subject gets a line of its own; the rating then stays beside the day.
            parts.insert(2 if len(visit.subject) <= _SHORT else 1, pill)
        for part in parts:
            flow.addWidget(part)
        return line


class SimilarCard(Card):
    """类似事项: what the station did about similar matters."""

    def __init__(self) -> None:
        super().__init__(_("类似事项"))
        self._lines = QWidget()
        self.add(self._lines)
        self.body.addStretch(1)
        self.hide()

    def show_matters(self, matters: Sequence[Similar]) -> None:
        """Show the newest few; none hides the card."""
        self.setVisible(bool(matters))
        self.set_aside(_("本站 {n} 件").format(n=len(matters)))
        fresh = QWidget()
        lines = column(gap=2)
        for matter in matters[:_SIMILAR]:
            subject = label(matter.subject, "strong", wrap=True)
            line = row(gap=8)
            line.addWidget(subject, 1)
            line.addWidget(label(f"{matter.day:%Y-%m}", "label"))
            lines.addLayout(line)
            if matter.result:
                lines.addWidget(label(matter.result, "soft", wrap=True))
        fresh.setLayout(lines)
        self.body.replaceWidget(self._lines, fresh)
        self._lines.hide()
        self._lines.deleteLater()
        self._lines = fresh


class ConsentCard(Card):
    """告知与同意: the notice in short, its full text on demand, and three ticks (PI-03, PI-04, PI-07)."""

    def __init__(self, binder: Binder) -> None:
        super().__init__(_("告知与同意"))
        self._short = label("", "soft", wrap=True)
        self._full = label("", "label", wrap=True)
        self._full.hide()
        more = small_button(_("告知全文"))
        more.setCheckable(True)
        more.toggled.connect(self._full.setVisible)
        self._problem = label("", "problem", wrap=True)
        self._problem.hide()
        self._told = binder.tick("notice_told", QCheckBox(_("已告知")), self._say)
        self._version = label("", "label", wrap=True)
        self._phone = binder.tick("phone_ok", QCheckBox(_("同意电话回访")))
        self._contact = binder.tick("contact_ok", QCheckBox(_("同意承办单位联系我")))
        self.add(self._short)
        self.add(self._full)
        for item in (self._told, self._version, self._problem, self._phone, self._contact):
            self.add(item)
        self.body.setSpacing(6)
        self.body.addStretch(1)
        self.head.addWidget(more)

    def set_frame(self, frame: Frame) -> None:
        """Take the words of the profile."""
        self._short.setText(frame.notice_short)
        self._full.setText(frame.notice_text.strip())
        # The day of a station's own notice would widen the column, and the form beside it has none to give.
        is_long = len(frame.notice_version) > _VERSION
        told = _("已告知（{version}）").format(version=frame.notice_version)
        self._told.setText(_("已告知") if is_long else told)
        self._told.setAccessibleName(told)
        self._version.setText(frame.notice_version if is_long else "")
        self._version.setVisible(is_long)
        self._phone.setText(frame.phone_words)
        self._contact.setText(frame.contact_words)

    def _say(self, sentence: str) -> None:
        self._problem.setText(sentence)
        self._problem.setVisible(bool(sentence))
        self._told.setAccessibleDescription(sentence)
