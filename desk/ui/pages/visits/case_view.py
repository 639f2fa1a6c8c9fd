"""One open visit as it looks: the rail of the six ones, form F-50, the cards beside it."""

from collections.abc import Collection, Iterator, Sequence
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent, QTextCursor
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desk.services.visit_frame import Frame
from desk.services.visit_values import VisitForm
from desk.text import _
from desk.ui import style
from desk.ui.attachments.strip import AttachmentStrip
from desk.ui.pages.visits.flags import FlagsPart
from desk.ui.pages.visits.head import HeadPart
from desk.ui.pages.visits.outcome import OutcomePart
from desk.ui.pages.visits.receivers import Deputies
from desk.ui.pages.visits.side import SideColumn
from desk.ui.pages.visits.who import WhoPart
from desk.ui.pages.visits.words import WordsPart
from desk.ui.parts.bound import Binder
from desk.ui.parts.boxes import WIDE, label
from desk.ui.parts.card import Card
from desk.ui.parts.columns import scrolled
from desk.ui.parts.cursor import put_cursor
from desk.ui.parts.fields import LongField
from desk.ui.parts.matches import MatchList
from desk.ui.parts.overtaken_bar import OvertakenBar
from desk.ui.parts.six_ones import SixRail

# Pixels at 100 %: what form and side column need beside each other, and the form its buttons with their keys.
_FOLD_BELOW = 690
_NARROW_BELOW = 600


class CaseView(QWidget):
    """Widgets only; `Case` tells them what to show and hears what a person does.

    Signals:
        reveal_wanted: "phone" or "id_no" is to be shown in clear.
    """

    reveal_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rest: dict[str, Any] = {}
        self._folded = False
        self._is_whole = False
        self._is_placed = False
        self._steps = self._build()

    def build(self) -> Iterator[None]:
        """Build what is still to be built, step by step: in one go it would hold up the keys.

        Until it is over nothing else may be asked of the form. Another call goes on where one was left.
        """
        return self._steps

    def _build(self) -> Iterator[None]:
        self.binder = Binder(self)
        self.head = HeadPart()
        self.overtaken = OvertakenBar()
        self.rail = SixRail()
        yield
        self.who = WhoPart(self.binder, self.reveal_wanted.emit)
        yield from self.who.build()
        yield
        self.words = WordsPart(self.binder)
        yield from self.words.build()
        yield
        self.papers = AttachmentStrip(compact=True, around=self)
        yield
        self.flags = FlagsPart(self.binder, self.papers.add)
        yield from self.flags.build()
        yield
        self.outcome = OutcomePart(self.binder)
        yield from self.outcome.build()
        yield
        self.side = SideColumn(self.binder)
        yield
        self.matches = MatchList(self)
        for name in ("name", "phone", "id_no"):
            self.matches.watch(self.binder.fields[name].widget)
        self.flags.limited.connect(self.outcome.limit)
        self.flags.limited.connect(self._show_what_follows)
        self.outcome.chips.chosen.connect(self._show_what_follows)
        yield from self._lay_out()
        self.matches.raise_()
        self._is_whole = True

    def set_frame(self, frame: Frame, deputies: Deputies) -> None:
        """Offer what the profile and the roster offer."""
        self.words.set_categories(frame.categories)
        self.outcome.set_frame(frame)
        self.side.consent.set_frame(frame)
        self.flags.set_hint(frame.safe_hint)
        self.who.received_by.set_deputies(deputies)
        if self._is_placed:
            # A notice or consent in other words may need another place.
            self._fold()

    def values(self) -> VisitForm:
        """Return the form as it stands."""
        read = {name: bound.read() for name, bound in self.binder.fields.items()}
        return VisitForm(**{**self._rest, **read})

    def show_form(self, form: VisitForm) -> None:
        """Show every field of a form."""
        self._rest = {
            "person_id": form.person_id,
            "arrived_at": form.arrived_at,
            "backfilled": form.backfilled,
        }
        self.who.backfill.setVisible(form.backfilled)
        self.who.received_by.offer_anybody(on=form.backfilled)
        for name, bound in self.binder.fields.items():
            bound.paint(getattr(form, name))
        if self.who.has_more():
            self.who.open_more()

    def show_fields(self, form: VisitForm, names: Collection[str]) -> None:
        """Show these fields of a form in place of what stands there."""
        self._rest.update({each: getattr(form, each) for each in names if each in self._rest})
        self.binder.repaint({each: getattr(form, each) for each in names})
        if self.who.has_more():
            self.who.open_more()

    def set_person(self, person_id: str) -> None:
        """Say which known person sits here; "" for nobody known."""
        self._rest["person_id"] = person_id

    def mark(self, gaps: Sequence[tuple[str, str]]) -> None:
        """Say beside each field what is missing, clear the others, and go to the first."""
        said = dict(gaps)
        for name, bound in self.binder.fields.items():
            bound.say(said.get(name, ""))
        first = next((name for name, _sentence in gaps if name in self.binder.fields), "")
        if first:
            self.go_to(first)

    def has_place(self, name: str) -> bool:
        """Tell whether what is wrong with a field is read beside it now: it is here, and the page in view."""
        return name in self.binder.fields and self.isVisible()

    def go_to(self, name: str) -> None:
        """Put the focus into a field, unfolding and scrolling as needed."""
        bound = self.binder.fields.get(name)
        if bound is None:
            return
        if name in {"id_no", "sex", "age_band", "companions", "place", "comfort_note"}:
            self.who.open_more()
        put_cursor(bound.widget)
        if isinstance(bound.widget, LongField):
            bound.widget.moveCursor(QTextCursor.MoveOperation.End)
        self._scroll_to(bound.widget)

    def _scroll_to(self, widget: QWidget) -> None:
        for area in (self._area, self._side_area):
            if area.widget().isAncestorOf(widget):
                # What has just been unfolded gets its place first.
                area.widget().adjustSize()
                area.ensureWidgetVisible(widget, 0, style.size("control"))

    def _show_what_follows(self) -> None:
        """Scroll to what a tick or chip has just unfolded, if a person is at work there."""
        for part in (self.flags, self.outcome):
            cursor = self.focusWidget()
            if cursor is not None and part.isAncestorOf(cursor):
                QTimer.singleShot(0, part, lambda part=part: self._scroll_to(part))

    def focused(self) -> str:
        """Return the name of the field with the focus, "" for none."""
        inside = self.focusWidget()
        return next((name for name, bound in self.binder.fields.items() if bound.widget is inside), "")

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fold the cards under the form where the room is short."""
        super().resizeEvent(event)
        if self._is_whole:
            self._is_placed = True
            self._fold()

    def _fold(self) -> None:
        percent = style.current().percent
        room = self.width() - self._rail_card.sizeHint().width() - 2 * WIDE
        # The words of the consent are the longest that may not be cut, by a scroll bar neither.
        bar = self._side_area.verticalScrollBar().sizeHint().width()
        side = self.side.consent.minimumSizeHint().width() + bar
        self._side_area.setMinimumWidth(side)
        folded = room * 100 < _FOLD_BELOW * percent or room < self._form_width() + bar + side
        if folded != self._folded:
            self._folded = folded
            self._place_side()
        form = room if folded else room * 3 // 4
        self.head.set_narrow(narrow=form * 100 < _NARROW_BELOW * percent)

    def _form_width(self) -> int:
        """Return what the form needs at least, with the margins around it."""
        around = (self._column, self._form_card.body)
        margins = sum(each.contentsMargins().left() + each.contentsMargins().right() for each in around)
        parts = (self.who, self.words, self.flags, self.outcome)
        return max(each.minimumSizeHint().width() for each in parts) + margins

    def _lay_out(self) -> Iterator[None]:
        self._rail_card = Card(_("六个一"))
        self._rail_card.body.setContentsMargins(10, 14, 10, 14)
        self._rail_card.add(self.rail)
        self._rail_card.add(label(_("笑脸、热茶一键：Alt 1"), "label", wrap=True))
        self._rail_card.body.addStretch(1)
        yield
        self._inside = QWidget()
        self._inside.setProperty("role", "page")
        self._column = QVBoxLayout(self._inside)
        self._column.setContentsMargins(0, 0, 8, 0)
        self._column.setSpacing(6)
        for part in (self.who, self.words, self.papers, self.flags, self.outcome):
            self._column.addWidget(part, 1 if part is self.words else 0)
        yield
        self._area = scrolled(self._inside)
        yield
        form = self._form_card = Card()
        form.body.setContentsMargins(16, 10, 6, 4)
        form.body.setSpacing(5)
        form.add(self.head)
        form.add(self.overtaken)
        form.add(self._area, 1)
        yield
        self._side_area = scrolled(self.side)
        self._whole = QHBoxLayout(self)
        self._whole.setContentsMargins(0, 0, 0, 0)
        self._whole.setSpacing(WIDE)
        self._whole.addWidget(self._rail_card)
        self._whole.addWidget(form, 3)
        self._whole.addWidget(self._side_area, 1)

    def _place_side(self) -> None:
        focus = self.focusWidget()
        self.side.lie_down(flat=self._folded)
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
