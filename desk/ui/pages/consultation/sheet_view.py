"""One consultation as it looks: head, bar of the check, form F-40, the cards beside it."""

from collections.abc import Collection, Iterator, Sequence
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent, QTextCursor
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desk.rules.consultation_codes import allowed_dispositions
from desk.services.consultation.forms import ConsultationForm
from desk.services.consultation.values import Consultation, ConsultationFrame
from desk.text import _
from desk.ui import style
from desk.ui.attachments.strip import AttachmentStrip
from desk.ui.local_fields import LocalFields
from desk.ui.pages.consultation.conflict_bar import ConflictBar
from desk.ui.pages.consultation.head import HeadPart
from desk.ui.pages.consultation.side import SideColumn
from desk.ui.pages.consultation.who import MORE, WhoPart
from desk.ui.pages.consultation.words import EndPart, WordsPart
from desk.ui.parts.bound import Binder
from desk.ui.parts.boxes import WIDE
from desk.ui.parts.card import Card
from desk.ui.parts.columns import scrolled, show_field
from desk.ui.parts.cursor import put_cursor
from desk.ui.parts.fields import LongField
from desk.ui.parts.overtaken_bar import OvertakenBar

# Pixels at 100 %: what form and side column need beside each other.
_FOLD_BELOW = 760
# Pixels at 100 % that the form needs above its last row, for that to stay in view.
_PIN_FROM = 480
_ALIASES = {"topic": "topics", "basis": "citations", "conflict": "adviser_id"}
"""What the rules call a field, and what the form calls it."""


class SheetView(QWidget):
    """Widgets only; `Sheet` tells them what to show and hears what a person does.

    Signals:
        reveal_wanted: "phone" or "id_no" is to be shown in clear.
    """

    reveal_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rest: dict[str, Any] = {}
        self._folded = False
        self._pinned = True
        self._is_whole = False
        self._steps = self._build()

    def build(self) -> Iterator[None]:
        """Build what is still to be built, step by step; until it is over nothing else may be asked."""
        return self._steps

    def set_frame(self, frame: ConsultationFrame) -> None:
        """Offer what the frame holds."""
        self.who.set_frame(frame)
        self.end.set_frame(frame)
        self.side.notice.set_frame(frame)

    def values(self) -> ConsultationForm:
        """Return the form as it stands."""
        known = ConsultationForm.__dataclass_fields__
        read = {name: bound.read() for name, bound in self.binder.fields.items() if name in known}
        return ConsultationForm(**{**self._rest, **read})

    def show_form(self, form: ConsultationForm) -> None:
        """Show every field of a form."""
        self._rest = {
            name: getattr(form, name)
            for name in ConsultationForm.__dataclass_fields__
            if name not in self.binder.fields
        }
        self.who.show_form(form)
        for name, bound in self.binder.fields.items():
            if name in ConsultationForm.__dataclass_fields__:
                bound.paint(getattr(form, name))
            bound.say("")
        self.limit()

    def show_fields(self, form: ConsultationForm, names: Collection[str]) -> None:
        """Show these fields of a form in place of what stands there."""
        self._rest.update({each: getattr(form, each) for each in names if each in self._rest})
        self.binder.repaint({each: getattr(form, each) for each in names})
        if any(each in MORE and getattr(form, each) for each in names):
            self.who.open_more()
        self.limit()

    def show_card(self, card: Consultation | None, *, dirty: bool) -> None:
        """Show what stands: number, check, whether the answer is open."""
        self.head.show_card(card, dirty=dirty)
        self.bar.show_card(card)
        hit = card is not None and card.conflict.blocks
        self.words.open_answer(on=card is not None and card.answer_open, hit=hit)

    def set_rest(self, **values: Any) -> None:
        """Set what has no field of its own, such as the appointment."""
        self._rest.update(values)

    def limit(self) -> None:
        """Offer only the ways on that topics and ways taken allow."""
        read = self.binder.fields
        self.end.limit(allowed_dispositions(read["topics"].read(), read["procedures"].read()))

    def mark(self, gaps: Sequence[tuple[str, str]]) -> None:
        """Say beside each field what is missing, clear the others, and go to the first."""
        said = {_ALIASES.get(name, name): sentence for name, sentence in gaps}
        if "conflict" in dict(gaps):
            # Closed as long as somebody else is to answer.
            said.pop("answer", None)
        day = said.pop("appointed_on", "")
        self.bar.say_day(day)
        for name, bound in self.binder.fields.items():
            bound.say(said.get(name, ""))
        first = next((name for name in said if name in self.binder.fields), "")
        if first:
            self.go_to(first)
        elif day:
            self.bar.ask_day()

    def has_place(self, name: str) -> bool:
        """Tell whether what is wrong with a field is read beside it now: it is here, and the page in view."""
        there = name == "appointed_on" or _ALIASES.get(name, name) in self.binder.fields
        return there and self.isVisible()

    def go_to(self, name: str) -> None:
        """Put the focus into a field, unfolding and scrolling as needed."""
        bound = self.binder.fields.get(name)
        if bound is None:
            return
        if name in MORE:
            self.who.open_more()
        put_cursor(bound.widget)
        if isinstance(bound.widget, LongField):
            bound.widget.moveCursor(QTextCursor.MoveOperation.End)
        for area in (self._area, self._side_area):
            if area.widget().isAncestorOf(bound.widget):
                show_field(area, bound.widget)

    def focused(self) -> str:
        """Return the name of the field with the cursor, "" for none."""
        inside = self.focusWidget()
        for name, bound in self.binder.fields.items():
            if inside is not None and (bound.widget is inside or bound.widget.isAncestorOf(inside)):
                return name
        return ""

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fold the cards under the form where the room is short."""
        super().resizeEvent(event)
        if self._is_whole:
            percent = style.current().percent
            folded = self.width() * 100 < _FOLD_BELOW * percent
            if folded != self._folded:
                self._folded = folded
                # Not while Qt lays out.
                QTimer.singleShot(0, self, self._place_side)
            pinned = self.height() * 100 >= _PIN_FROM * percent
            if pinned != self._pinned:
                self._pinned = pinned
                QTimer.singleShot(0, self, self._place_end)

    def _build(self) -> Iterator[None]:
        self.binder = Binder(self)
        self.head = HeadPart()
        self.bar = ConflictBar()
        self.overtaken = OvertakenBar()
        yield
        self.who = WhoPart(self.binder, self.reveal_wanted.emit)
        yield
        self.words = WordsPart(self.binder)
        yield
        self.end = EndPart(self.binder)
        self.side = SideColumn(self.binder)
        yield
        self.papers = AttachmentStrip(around=self)
        self.local = LocalFields("consultation")
        inside = QWidget()
        inside.setProperty("role", "page")
        self._column = QVBoxLayout(inside)
        self._column.setContentsMargins(0, 0, 8, 0)
        self._column.setSpacing(7)
        for part in (self.who, self.words, self.end.where, self.local, self.papers):
            self._column.addWidget(part, 1 if part is self.words else 0)
        yield
        self._area = scrolled(inside)
        form = Card(_("咨询人"))
        form.body.setContentsMargins(16, 12, 6, 8)
        form.body.setSpacing(7)
        form.add(self._area, 1)
        # Below the part that scrolls: how it ends is in view without looking for it.
        form.add(self.end)
        self._form = form
        yield
        self._side_area = scrolled(self.side)
        whole = QHBoxLayout()
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(WIDE)
        whole.addWidget(form, 5)
        whole.addWidget(self._side_area, 2)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(WIDE - 6)
        box.addWidget(self.head)
        box.addWidget(self.bar)
        box.addWidget(self.overtaken)
        box.addLayout(whole, 1)
        self._is_whole = True

    def _place_end(self) -> None:
        """Let the last row scroll with the form where large text leaves the form too little room."""
        focus = self.focusWidget()
        if self._pinned:
            self._form.add(self.end)
        else:
            self._column.insertWidget(self._column.indexOf(self.end.where), self.end)
        if focus is not None and self.end.isAncestorOf(focus):
            focus.setFocus(Qt.FocusReason.OtherFocusReason)

    def _place_side(self) -> None:
        focus = self.focusWidget()
        self._side_area.setVisible(not self._folded)
        if self._folded:
            self._column.addWidget(self.side)
        else:
            holder = self._side_area.widget().layout()
            if holder is not None:
                holder.addWidget(self.side)
        if focus is not None and self.side.isAncestorOf(focus):
            # Moving the cards has taken the focus away.
            focus.setFocus(Qt.FocusReason.OtherFocusReason)
