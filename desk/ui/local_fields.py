"""本地栏目: inputs for the fields a county added to the forms of a record; not shown where there are none."""

import json
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QWidget

from desk.errors import AccessProblem, InputProblem, Problem
from desk.services.local_values import LocalEntry
from desk.services.overtaken import Overtaken
from desk.text import _
from desk.ui.context import Context
from desk.ui.parts.card import Card
from desk.ui.parts.fields import LineField
from desk.ui.parts.form_row import FormRow

_BETWEEN = "."

Place = tuple[str, str]
"""A form as in f07, and the key of a field on it."""


class LocalFields(Card):
    """One line for each added field; what is typed is saved as soon as the line is left.

    Signals:
        touched: a person typed something; until it is saved, `typed` has it for the draft.
        refused: what was typed in the record with this id, in view or left since, could not be saved: the
            draft it was kept in is still needed.
    """

    touched = Signal()
    refused = Signal(str)

    def __init__(self, noun: str, parent: QWidget | None = None, *, bare: bool = False) -> None:
        """Args: `noun` is mediation or consultation, party or agent; `bare`: without frame and heading."""
        super().__init__("" if bare else _("本地栏目"), parent=parent)
        if bare:
            self.setProperty("role", "page")
            self.body.setContentsMargins(0, 0, 0, 0)
        self._whose = ""
        self._noun = noun
        self._context: Context | None = None
        self._record_id = ""
        self._rows: dict[Place, FormRow] = {}
        self._saved: dict[Place, str] = {}
        self._on_way: dict[str, dict[Place, str]] = {}
        """Words on their way into their records, by their ids: they will stand there, so a save beside is
        based on them, also after the record was left and is in view again."""
        self._half: dict[str, list[str]] = {}
        """Words of a draft and what they were typed over, until the fields of their record are there."""
        self._asked: dict[Place, str] = {}
        """Fields another desk changed too, and what they were typed over before that was told: written once
        a person has touched them again."""
        self.hide()

    def settle_in(self, context: Context) -> None:
        """Take what reads and writes the fields."""
        self._context = context

    def name_after(self, whose: str) -> None:
        """Say in the name of each field whose it is, where several stand below each other."""
        self._whose = whose

    def show_record(self, record_id: str) -> None:
        """Ask for the fields of a record; "" for none yet."""
        if record_id != self._record_id:
            self.save()
            self._record_id = record_id
            # The words of one record never stand in another's fields.
            self._build(())
            self._half = {}
        if self._context is None or not record_id:
            self.hide()
            return
        local, noun = self._context.services.local_values, self._noun
        self._context.tasks.run(
            lambda: local.of(noun, record_id),
            done=partial(self._show, record_id),
            failed=partial(self._on_refused, record_id),
            owner=self,
            topic="local",
        )

    def field(self, form: str, key: str) -> LineField:
        """Return the input of a field."""
        field = self._rows[(form, key)].field
        assert isinstance(field, LineField), "each field is a line"
        return field

    def typed(self) -> str:
        """Return what is typed and not in the record yet, as one text for a draft; "" for nothing.

        Beside the words stands what they were typed over, so that another value is asked about later too.
        """
        half = self._half | self._typed_over()
        return json.dumps(half, ensure_ascii=False) if half else ""

    def restore(self, text: str) -> None:
        """Show again what was half typed in the record in view, as soon as its fields are there."""
        # A draft of an older version has the words only.
        kept = json.loads(text) if text else {}
        self._half = {place: [half, ""] if isinstance(half, str) else half for place, half in kept.items()}
        self._show_half()

    @property
    def holds_back(self) -> bool:
        """Whether there are words that `save` does not send: first a person is asked, or the fields come."""
        return bool(self._asked or self._half)

    def save(self) -> None:
        """Write what differs from the record."""
        sent = self._on_way.get(self._record_id, {})
        base = {place: sent.get(place, words) for place, words in self._saved.items()}
        standing = {place: self.field(*place).value() for place in self._rows if place not in self._asked}
        changed = {place: words for place, words in standing.items() if words != base[place]}
        if self._context is None or not self._record_id or not changed:
            return
        local, noun, record_id = self._context.services.local_values, self._noun, self._record_id
        self._on_way[record_id] = sent | changed
        self._context.tasks.run(
            lambda: local.save(noun, record_id, changed, base),
            done=lambda _done: self._on_saved(record_id, changed),
            failed=lambda problem: self._on_problem(record_id, changed, problem),
            owner=self,
            lane="write",
        )

    def hideEvent(self, event: QHideEvent) -> None:
        """Write what stands in the line that is still being typed in."""
        super().hideEvent(event)
        self.save()

    def _show(self, record_id: str, entries: tuple[LocalEntry, ...]) -> None:
        if record_id != self._record_id:
            # The answer came when another record is in view.
            return
        sent = self._on_way.get(record_id, {})
        fresh = {(each.form, each.key) for each in entries} != set(self._rows)
        if fresh:
            self._half |= self._typed_over()
            self._build(entries)
        for each in entries:
            place = (each.form, each.key)
            if fresh and place in sent:
                # It was left while they were on their way: soon they are in the record.
                self.field(*place).setText(sent[place])
                self._saved[place] = each.value
            # What is half typed stays, and is asked about if this is another value than it was typed over.
            if place not in sent and self.field(*place).value() == self._saved.get(place, ""):
                self.field(*place).setText(each.value)
                self._saved[place] = each.value
        self.setVisible(bool(entries))
        self._show_half()
        # What is left has no field any more.
        self._half = {}

    def _changed(self) -> dict[Place, str]:
        typed = {place: self.field(*place).value() for place in self._rows}
        return {place: words for place, words in typed.items() if words != self._saved[place]}

    def _typed_over(self) -> dict[str, list[str]]:
        return {
            _BETWEEN.join(place): [words, self._asked.get(place, self._saved[place])]
            for place, words in self._changed().items()
        }

    def _show_half(self) -> None:
        for place in self._rows:
            words, base = self._half.pop(_BETWEEN.join(place), ("", ""))
            if words == base:
                continue
            self.field(*place).setText(words)
            if self._saved[place] != words:
                # Another value than that is asked about as if it had just been typed.
                self._saved[place] = base

    def _build(self, entries: tuple[LocalEntry, ...]) -> None:
        for row in self._rows.values():
            self.body.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._rows, self._saved, self._asked = {}, {}, {}
        for each in entries:
            form = each.form.replace("f", "F-")
            about = _("{form} {whose}").format(form=form, whose=self._whose) if self._whose else form
            words = _("{label}（{form}）").format(label=each.label, form=about)
            field = LineField(words, limit=500)
            row = FormRow(words, field)
            place = (each.form, each.key)
            # Before the line is left: pressing Enter says that what stands there holds.
            for again in (field.returnPressed, field.textEdited):
                again.connect(partial(self._on_again, place))
            field.editingFinished.connect(self.save)
            field.textEdited.connect(self.touched)
            self._rows[place] = row
            self._saved[place] = ""
            self.add(row)

    def _on_refused(self, record_id: str, problem: Problem) -> None:
        if record_id != self._record_id:
            return
        self.hide()
        # Who may see a case need not see what the county added to it.
        if not isinstance(problem, AccessProblem) and self._context is not None:
            self._context.notices.fail(problem)

    def _on_saved(self, record_id: str, written: dict[Place, str]) -> None:
        self._arrived(record_id, written)
        if record_id != self._record_id:
            return
        for place, words in written.items():
            if place in self._rows:
                self._saved[place] = words
                self._rows[place].set_problem("")

    def _arrived(self, record_id: str, written: dict[Place, str]) -> None:
        """Forget what is not on its way any more; what was sent after it still is."""
        sent = self._on_way.pop(record_id, {})
        left = {place: words for place, words in sent.items() if written.get(place) != words}
        if left:
            self._on_way[record_id] = left

    def _on_again(self, place: Place, _text: str = "") -> None:
        if place in self._asked:
            del self._asked[place]
            self._rows[place].set_problem("")

    def _on_problem(self, record_id: str, sent: dict[Place, str], problem: Problem) -> None:
        assert self._context is not None, "nothing is written before"
        self._arrived(record_id, sent)
        self.refused.emit(record_id)
        in_view = record_id == self._record_id and self.isVisible()
        # Come back to, it is in view before its fields are.
        if isinstance(problem, Overtaken) and in_view and all(at.path in self._rows for at in problem.fields):
            words = _("刚才在别处改成了“{theirs}”。用您填的，请在这一栏按回车；用那边的，请照着改过来。")
            for each in problem.fields:
                form, key = each.path
                if each.theirs == self._saved[form, key].strip():
                    # Not another's: the save this one was based on was refused itself, and that was told.
                    continue
                self._asked.setdefault((form, key), self._saved[form, key])
                self._saved[form, key] = each.theirs
                self._rows[form, key].set_problem(words.format(theirs=each.theirs))
            return
        if isinstance(problem, InputProblem):
            for (_form, key), row in self._rows.items():
                if key == problem.field:
                    row.set_problem(problem.sentence)
        self._context.notices.fail(problem)
