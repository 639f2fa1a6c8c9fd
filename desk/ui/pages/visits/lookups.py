"""What the desk looks up while a form is typed: who this may be, what they came for, what was similar."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, QTimer, Signal

from desk import clock
from desk.services.visit_values import PersonCard, PersonMatch, Similar, VisitForm
from desk.ui.context import Context
from desk.ui.pages.visits.case_view import CaseView

_MATCH_MS = 180
_SIMILAR_MS = 400
_WHO = frozenset({"name", "phone", "id_no"})
_STAR = "*"


class Lookups(QObject):
    """Asks a moment after the last key, never during composition, and never for a masked number.

    Signals:
        linked: the form was filled from a known person, or parted from one.
    """

    linked = Signal()

    def __init__(self, context: Context, view: CaseView, current: Callable[[], str], parent: QObject) -> None:
        """Args: `current` returns the id of the visit in the form, "" for none."""
        super().__init__(parent)
        self._current = current
        self._context = context
        self._view = view
        self._name = ""
        self._apart = ""
        self._filled: dict[str, str] = {}
        self._match_timer = self._timer("match", _MATCH_MS, self._ask_matches)
        self._similar_timer = self._timer("similar", _SIMILAR_MS, self._ask_similar)
        view.matches.chosen.connect(self._on_chosen)
        view.matches.kept_apart.connect(self._on_kept_apart)
        view.side.released.connect(self._release)

    def start(self) -> None:
        """Look up what belongs to a form that has just been shown."""
        form = self._view.values()
        self._name = form.name
        if form.person_id:
            self._ask_history(form.person_id)
            if form.age_band:
                self._ask_age(self._note_age, "age shown")
        if form.subject:
            self._ask_similar()

    def mind(self, name: str) -> None:
        """Mind that a field changed."""
        if name == "subject":
            self._similar_timer.start()
        if name == "received_at" and self._view.values().person_id:
            self._ask_age(self._tell_age)
        if name not in _WHO:
            return
        form = self._view.values()
        if name == "name" and form.person_id and form.name != self._name:
            self._release()
        if self._view.focused() == name and not form.person_id:
            self._match_timer.start()

    def stop(self) -> None:
        """Ask no more: the tab is left or closing."""
        self._match_timer.stop()
        self._similar_timer.stop()

    def _ask_matches(self) -> None:
        form, people = self._view.values(), self._context.services.people
        name = "" if form.name == self._apart else form.name
        phone, id_no = _typed(form.phone), _typed(form.id_no)
        if name or phone or id_no:
            self._context.tasks.run(
                lambda: people.match(name, phone, id_no), done=self._on_matches, owner=self, topic="match"
            )
        else:
            self._view.matches.hide()

    def _on_matches(self, matches: Sequence[PersonMatch]) -> None:
        if not self._view.values().person_id:
            self._view.matches.offer(matches)

    def _on_chosen(self, match: PersonMatch) -> None:
        fields, form, empty = self._view.binder.fields, self._view.values(), VisitForm()
        self._name = match.name
        fields["name"].paint(match.name)
        self._view.set_person(match.person_id)
        known = {
            "phone": match.phone_masked,
            "address": match.address,
            "grid": match.grid,
            "sex": match.sex,
        }
        self._filled = {}
        for name, words in known.items():
            # What the visitor has just said stands; a telephone may only have been typed to find somebody.
            if words and (name == "phone" or getattr(form, name) == getattr(empty, name)):
                fields[name].paint(words)
                self._filled[name] = fields[name].read()
        fields["first_or_repeat"].paint("repeat")
        self._ask_history(match.person_id)
        self._ask_age(self._tell_age)
        self.linked.emit()
        self._view.go_to("phone" if not match.phone_masked else "subject")

    def _ask_age(self, then: Callable[[str], None], topic: str = "age") -> None:
        """Ask for the age band of the person chosen on the day of the reception."""
        form, people = self._view.values(), self._context.services.people
        person_id = form.person_id
        day = form.received_at.date() if form.received_at is not None else clock.today()

        def told(band: str) -> None:
            if band and self._view.values().person_id == person_id:
                then(band)

        self._context.tasks.run(lambda: people.age_band(person_id, day), done=told, owner=self, topic=topic)

    def _tell_age(self, told: str) -> None:
        """Tell the age of the person chosen, anew for another day, where nobody has picked another."""
        if self._view.values().age_band == self._filled.get("age_band", ""):
            self._view.binder.fields["age_band"].paint(told)
            self._filled["age_band"] = told
            self.linked.emit()

    def _note_age(self, told: str) -> None:
        """Take the age of a form that came back for told, not picked, where it is that of its day."""
        if self._view.values().age_band == told:
            self._filled["age_band"] = told

    def _on_kept_apart(self) -> None:
        self._apart = self._view.values().name
        self.linked.emit()

    def _release(self) -> None:
        fields, form = self._view.binder.fields, self._view.values()
        self._view.set_person("")
        # What belonged to the other person must not be kept for this one: a starred number, and whatever was
        # filled in and still stands as it was.
        empty = VisitForm()
        filled, self._filled = self._filled, {}
        for name, words in filled.items():
            if getattr(form, name) == words:
                fields[name].paint(getattr(empty, name))
        for name in ("phone", "id_no"):
            if _STAR in getattr(form, name):
                fields[name].paint("")
        self._apart = form.name
        self._view.side.history.show_card(None)
        self.linked.emit()

    def _ask_history(self, person_id: str) -> None:
        people = self._context.services.people
        self._context.tasks.run(
            lambda: people.history(person_id), done=self._on_history, owner=self, topic="history"
        )

    def _on_history(self, card: PersonCard) -> None:
        if self._view.values().person_id:
            self._view.side.history.show_card(card, self._current())

    def _ask_similar(self) -> None:
        subject, people = self._view.values().subject, self._context.services.people
        self._context.tasks.run(
            lambda: people.similar(subject) if subject else (),
            done=self._on_similar,
            owner=self,
            topic="similar",
        )

    def _on_similar(self, matters: Sequence[Similar]) -> None:
        self._view.side.similar.show_matters(matters)

    def _timer(self, name: str, delay: int, slot: Callable[[], None]) -> QTimer:
        timer = QTimer(self)
        timer.setObjectName(name)
        timer.setSingleShot(True)
        timer.setInterval(delay)
        timer.timeout.connect(slot)
        return timer


def _typed(number: str) -> str:
    return "" if _STAR in number else number
