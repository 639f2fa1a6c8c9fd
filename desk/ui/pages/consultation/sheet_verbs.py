"""What can be done with one consultation: each verb asks a service in the background."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from desk.rules.consultation_states import ENDED
from desk.services.consultation.forms import ConsultationForm
from desk.services.consultation.values import Consultation, Missing
from desk.services.outcome import Done
from desk.services.overtaken import Overtaken
from desk.text import _
from desk.ui.context import Context
from desk.ui.parts.beginning import Beginning, Written
from desk.ui.parts.writer import Gap, Writer

if TYPE_CHECKING:
    from desk.services.consultation.consultations import Consultations

Verb = Callable[[str, ConsultationForm, ConsultationForm], Done[Consultation]]


class SheetVerbs(QObject):
    """The verbs of the consultation in view.

    Signals:
        updated: the consultation as it is now.
        numbered: it has just got its number.
        lacking: a list of (field, sentence); empty once nothing is missing.
        saved: the words are in the record.
        resumed: somebody who came to their appointment is gone on with; no words went into the record.
        ended: it is finished or referred, or answered so far and gone on with another day.
        revealed: "phone" or "id_no" and the number in clear.
        late: what was sent from a sheet that is not in view any more is in the record; its key, and the
            consultation as it is now. Nothing else is emitted for it.

    `has_place` tells whether a sentence on a field stands where it can be read; else it is said in a message.
    `sending` is called when the form as it stands goes on its way into the record, `take` with what a
    verb gave back. `cover` is called with words to cover the form while its end is written, after which it is
    only read: a word of that moment would stand in no record. `uncover` is called when that is over, also
    when it is not covered.
    """

    updated = Signal(object)
    numbered = Signal()
    lacking = Signal(object)
    saved = Signal()
    resumed = Signal()
    ended = Signal(object)
    revealed = Signal(str, str)
    late = Signal(str, object)

    def __init__(
        self,
        context: Context,
        read: Callable[[], ConsultationForm],
        unreadable: Callable[[], list[Gap]],
        parent: QObject,
    ) -> None:
        """Args: `unreadable` returns the fields that cannot be read with why; nothing is written then."""
        super().__init__(parent)
        self.card: Consultation | None = None
        self._context = context
        self._read = read
        self._unreadable = unreadable
        self._key = ""
        self.cover: Callable[[str], None] = lambda _words: None
        self.uncover: Callable[[], None] = lambda: None
        self.writer = _new_writer(context, self)
        self.began = Beginning(ConsultationForm())
        self.turn = 0
        """Counts what was written from here."""
        self.overtaken: Callable[[Overtaken], bool] = lambda _problem: False
        self.has_place: Callable[[str], bool] = lambda _field: False
        self.sending: Callable[[], None] = lambda: None
        self.take: Callable[[Done[Any]], None] = lambda _done: None

    @property
    def busy(self) -> bool:
        """Whether something is being written that must not be asked for twice."""
        return self.writer.busy

    def begin(self, key: str, card: Consultation | None) -> None:
        """Turn to another sheet; `key` tells it from the one before, whose answers may still come."""
        self._key, self.card = key, card
        if self.writer.busy:
            # The new sheet neither waits for the answer of the old one nor shows what was refused of it.
            self.writer = _new_writer(self._context, self)
            self.uncover()

    def register(self, then: Callable[[], None] | None = None) -> None:
        """Give a number, then go on."""
        form, desk = self._read(), self._context.services.consultation.consultations
        if self.card is None and self._is_readable():
            work = partial(desk.register, form)
            self._send(form, lambda: _read_again(desk, work()), partial(self._on_numbered, then=then))

    def save(self) -> None:
        """Put the words into the record; a problem leaves them in the draft."""
        self._with_form(self._context.services.consultation.consultations.save)

    def check(self) -> None:
        """Ask whether this adviser may answer; a form without a number gets one first."""
        if self.card is None:
            self.register(then=self.check)
        else:
            self._with_form(self._context.services.consultation.consultations.check)

    def finish(self) -> None:
        """End it, or say what is missing; a form without a number gets one first.

        约期 without an answer ends nothing yet: it makes the appointment, or asks for its day.
        """
        card, form = self.card, self.began.typed(self._read())
        if not self._is_readable():
            return
        if form.disposition == "appointed" and not form.answer:
            if form.appointment_at is None:
                self.lacking.emit([("appointed_on", _("约期要写明日期。"))])
            else:
                self.appoint()
            return
        if card is None:
            self.register(then=self.finish)
            return
        desk = self._context.services.consultation.consultations
        self._context.tasks.run(
            lambda: desk.missing(card.id, form),
            done=partial(self._on_answer, self._key, self._on_missing),
            owner=self,
            topic="missing",
        )

    def appoint(self) -> None:
        """Make an appointment for another day."""
        if self.card is None:
            self.register(then=self.appoint)
        else:
            self._with_form(self._context.services.consultation.consultations.appoint)

    def refer(self) -> None:
        """End it without an answer here."""
        if self.card is None:
            self.register(then=self.refer)
        else:
            refer = self._context.services.consultation.consultations.refer
            self._with_form(refer, self._on_ended, _("正在登记去向…"))

    def resume(self) -> None:
        """Go on with somebody who came to their appointment."""
        card, desk = self.card, self._context.services.consultation.consultations
        if card is not None:
            self.writer.run(
                lambda: _read_again(desk, desk.resume(card.id), sent=False),
                partial(self._on_answer, self._key, partial(self._on_saved, sent=False)),
            )

    def reveal(self, field: str) -> None:
        """Ask why, then show a number in clear; the answer is written down (SEC-05)."""
        card, desk = self.card, self._context.services.consultation.consultations
        if card is None:
            return
        key = self._key

        def ask(reason: str) -> None:
            # A number that has no field any more is not looked at.
            if key == self._key:
                self._context.tasks.run(
                    lambda: desk.reveal(card.id, field, reason),
                    done=partial(self._on_answer, key, partial(self.revealed.emit, field)),
                    owner=self,
                    lane="write",
                )

        self._context.notices.ask_text(_("为什么要看完整号码？（会记入审计）"), ask)

    def _with_form(self, verb: Verb, done: Callable[[Any], None] | None = None, covered: str = "") -> None:
        """Send the form with a verb; `covered` are the words over it meanwhile, "" where it stays open."""
        card, desk = self.card, self._context.services.consultation.consultations
        if card is None or self.writer.busy or not self._is_readable():
            return
        if covered:
            # Before it is read: what is still being composed goes into its field by this.
            self.cover(covered)
        key, now = self._key, self._read()
        form, base = self.began.typed(now), self.began.base

        def again() -> None:
            # What was asked may be answered when another sheet is in view.
            if key == self._key:
                self._with_form(verb, done, covered)

        self._send(now, lambda: _read_again(desk, verb(card.id, form, base)), done or self._on_saved, again)

    def _is_readable(self) -> bool:
        """Tell whether every field can be read; if not, say which: it would be written as empty."""
        gaps = self._unreadable()
        if gaps:
            self._on_missing([Missing(*gap) for gap in gaps])
        return not gaps

    def _send(
        self,
        now: ConsultationForm,
        work: Callable[[], Any],
        done: Callable[[Any], None],
        again: Callable[[], None] | None = None,
    ) -> None:
        if not self.writer.busy:
            self.sending()
            self.began.sending(now)
            self.writer.run(work, partial(self._on_answer, self._key, done), again)

    def _on_answer(self, key: str, then: Callable[[Any], None], answer: Any) -> None:
        """Go on with the sheet that asked; the one in view may be another client's by now."""
        if key == self._key:
            then(answer)
        elif isinstance(answer, Done):
            self.late.emit(key, answer.value)

    def _on_saved(self, done: Done[Consultation], *, sent: bool = True) -> None:
        if sent:
            self.lacking.emit([])
        gone = _left_out(self.began.base, done)
        if gone:
            self._context.notices.info(
                _("对方当事人里去掉了：{names}。不是要去掉的，请再填上。").format(names=gone)
            )
        self.turn += 1
        self.take(done)
        self.card = done.value
        self.updated.emit(done.value)
        # Where no form went with it, what was refused before stays typed, with its sentence and its draft.
        (self.saved if sent else self.resumed).emit()

    def _on_numbered(self, done: Done[Consultation], then: Callable[[], None] | None) -> None:
        self._on_saved(done)
        self.numbered.emit()
        if then is not None:
            then()

    def _on_ended(self, done: Done[Consultation]) -> None:
        # Before a field is marked: the cover gives the cursor back to where it was.
        self.uncover()
        self._on_saved(done)
        if done.value.state in (*ENDED, "appointed"):
            self.ended.emit(done.value)
        else:
            # The check was asked again before the end, and something stands against the adviser by now.
            self.lacking.emit([("conflict", done.value.conflict.sentence)])

    def _on_missing(self, missing: Sequence[Missing]) -> None:
        self.lacking.emit([(gap.field, gap.sentence) for gap in missing])
        elsewhere = [gap.sentence for gap in missing if not self.has_place(gap.field)]
        if elsewhere:
            self._context.notices.warn("".join(elsewhere[:3]))
        if not missing:
            finish = self._context.services.consultation.consultations.finish
            self._with_form(finish, self._on_ended, _("正在完成…"))

    def mark(self, writer: Writer, gaps: list[Gap]) -> bool:
        """Say beside its field what was refused; tell whether it is read there, or a message must say it."""
        if writer is not self.writer:
            # It is about a sheet left since: beside the fields of this one nobody would know what is meant.
            return False
        self.lacking.emit(gaps)
        return all(self.has_place(field) for field, _sentence in gaps)


def _new_writer(context: Context, verbs: SheetVerbs) -> Writer:
    """Return a writer that says of itself whose words were refused."""
    writer = Writer(context, lambda gaps: verbs.mark(writer, gaps), verbs)
    # Of a sheet left since nothing is asked over another one: a message says it, its draft has its words.
    writer.overtaken = lambda problem: writer is verbs.writer and verbs.overtaken(problem)

    def uncover() -> None:
        if writer is verbs.writer:
            verbs.uncover()

    writer.refused.connect(uncover)
    writer.free.connect(lambda _well: uncover())
    return writer


def _left_out(base: ConsultationForm, done: Done[Consultation]) -> str:
    """Return who stood on the other side and does not any more: a field that was cleared takes them out."""
    form = done.form if isinstance(done, Written) else None
    if form is None or len(form.opponents) >= len(base.opponents):
        return ""
    left = [each.name for each in form.opponents]
    return _("、").join(
        each.name or _("没有写姓名的一方") for each in base.opponents if each.name not in left
    )


def _read_again(desk: "Consultations", done: Done[Consultation], *, sent: bool = True) -> Written:
    """Return what a verb gave back with the form as it stands now, for who may read it."""
    form = desk.form(done.value.id) if done.value.readable else None
    return Written(done.value, done.changed, form, sent)
