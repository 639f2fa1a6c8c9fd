"""What the list of visits is narrowed to: days, deputy, outcome, rating, at a county's desk the station."""

from collections.abc import Sequence
from datetime import date, timedelta

from PySide6.QtCore import QDate, Signal
from PySide6.QtWidgets import QDateEdit, QWidget

from desk import clock
from desk.rules import labels
from desk.services.visit_values import VisitFilter
from desk.text import _
from desk.ui.parts.combo import Combo
from desk.ui.parts.flow import FlowLayout


def period(code: str, today: date) -> tuple[date | None, date | None]:
    """Return the first and last day of a period, both inclusive; None where it is open."""
    starts = {
        "today": today,
        "week": today - timedelta(days=6),
        "month": today.replace(day=1),
        "year": today.replace(month=1, day=1),
    }
    return (starts[code], today) if code in starts else (None, None)


class Filters(QWidget):
    """A row of choices.

    Signals:
        changed: another choice was made.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._period = Combo(
            [
                ("", _("全部日期")),
                ("today", _("今天")),
                ("week", _("近 7 天")),
                ("month", _("本月")),
                ("year", _("今年")),
                ("own", _("自选日期")),
            ]
        )
        self._from, self._to = _day_edit(_("从哪天")), _day_edit(_("到哪天"))
        self._deputy = Combo([("", _("全部代表"))])
        self._outcome = Combo([("", _("全部处理方式")), *labels.OUTCOME.items()])
        self._rating = Combo([("", _("全部评价")), *labels.RATING.items()])
        self.station = Combo([("", _("全部站点"))])
        self.station.setAccessibleDescription(_("站点"))
        self.station.hide()
        flow = FlowLayout(self, gap=8)
        for widget in (self.station, self._period, self._from, self._to):
            flow.addWidget(widget)
        for widget in (self._deputy, self._outcome, self._rating):
            flow.addWidget(widget)
        for combo in (self.station, self._period, self._deputy, self._outcome, self._rating):
            combo.setMinimumContentsLength(9)
            combo.activated.connect(self._on_chosen)
        for edit in (self._from, self._to):
            edit.dateChanged.connect(self._on_chosen)
            edit.hide()

    def set_deputies(self, deputies: Sequence[tuple[str, str]]) -> None:
        """Offer these deputies."""
        self._deputy.set_choices([("", _("全部代表")), *deputies])

    def set_stations(self, stations: Sequence[tuple[str, str]]) -> None:
        """Offer these stations, each a scope and a name; without any there is no such choice."""
        self.station.set_choices([("", _("全部站点")), *stations])
        self.station.setVisible(bool(stations))

    def value(self) -> VisitFilter:
        """Return the filter as it is set."""
        first, last = self.days()
        return VisitFilter(
            day_from=first,
            day_to=last,
            deputy_id=self._deputy.value(),
            outcome=self._outcome.value(),
            rating=self._rating.value(),
            station=self.station.value(),
        )

    def days(self) -> tuple[date | None, date | None]:
        """Return the first and last day chosen."""
        if self._period.value() == "own":
            return _day(self._from), _day(self._to)
        return period(self._period.value(), clock.today())

    def _on_chosen(self) -> None:
        own = self._period.value() == "own"
        self._from.setVisible(own)
        self._to.setVisible(own)
        self.changed.emit()


def _day_edit(name: str) -> QDateEdit:
    edit = QDateEdit()
    edit.setDisplayFormat("yyyy-MM-dd")
    edit.setCalendarPopup(True)
    edit.setAccessibleName(name)
    today = clock.today()
    edit.setDate(QDate(today.year, today.month, today.day))
    return edit


def _day(edit: QDateEdit) -> date:
    shown = edit.date()
    return date(shown.year(), shown.month(), shown.day())
