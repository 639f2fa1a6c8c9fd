"""Known people, offered while a party is typed, before somebody is written down twice."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QWidget

from desk.services.visit_values import PersonMatch
from desk.ui.context import Context
from desk.ui.pages.mediation.party_line import PartyLine
from desk.ui.parts.matches import MatchList

_DELAY_MS = 180
_STAR = "*"


class PeopleMatcher(QObject):
    """Asks a moment after the last key in name or phone of a line, never for a starred number."""

    def __init__(self, context: Context, over: QWidget, lines: Callable[[], Sequence[PartyLine]]) -> None:
        """Args: `over` carries the list; `lines` returns the lines there are now."""
        super().__init__(over)
        self._context = context
        self._lines = lines
        self._apart: set[str] = set()
        self.list = MatchList(over)
        self._timer = QTimer(self)
        self._timer.setObjectName("match")
        self._timer.setSingleShot(True)
        self._timer.setInterval(_DELAY_MS)
        self._timer.timeout.connect(self._ask)
        self.list.chosen.connect(self._on_chosen)
        self.list.kept_apart.connect(self._on_kept_apart)

    def watch(self, line: PartyLine) -> None:
        """Mind what is typed in a line."""
        for name in ("name", "phone"):
            self.list.watch(line.fields.fields[name].widget)
        line.fields.touched.connect(self._on_touched)

    def stop(self) -> None:
        """Ask no more: the form is left."""
        self._timer.stop()
        self.list.hide()

    def _on_touched(self, name: str) -> None:
        if name in {"name", "phone"}:
            self._timer.start()

    def _line(self) -> PartyLine | None:
        inside = self.list.window().focusWidget()
        return next(
            (line for line in self._lines() if inside is not None and line.isAncestorOf(inside)), None
        )

    def _ask(self) -> None:
        line = self._line()
        if line is None or line.person_id:
            return
        form, people = line.value(), self._context.services.people
        name = "" if form.name in self._apart else form.name
        phone = "" if _STAR in form.phone else form.phone
        if name or phone:
            self._context.tasks.run(
                lambda: people.match(name, phone), done=self._on_matches, owner=self, topic="match"
            )
        else:
            self.list.hide()

    def _on_matches(self, matches: Sequence[PersonMatch]) -> None:
        line = self._line()
        taken = {each.person_id for each in self._lines() if each.person_id}
        if line is not None and not line.person_id:
            self.list.offer([match for match in matches if match.person_id not in taken])

    def _on_chosen(self, match: PersonMatch) -> None:
        line = self._line()
        if line is not None:
            line.take_person(match)

    def _on_kept_apart(self) -> None:
        line = self._line()
        if line is not None:
            self._apart.add(line.value().name)
