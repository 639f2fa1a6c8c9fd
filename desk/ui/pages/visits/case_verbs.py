"""What can be done with one open visit: each verb asks a service in the background and tells the outcome."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal, SignalInstance

from desk import clock
from desk.errors import AccessProblem
from desk.rules import six_ones
from desk.rules.six_ones import Light
from desk.rules.visit_states import Record, missing_for_receipt
from desk.services.outcome import Done
from desk.services.visit_values import Missing, Visit, VisitForm
from desk.text import _
from desk.ui.context import Context
from desk.ui.parts.beginning import Beginning, Written
from desk.ui.parts.queue import Queue
from desk.ui.parts.writer import Gap, Writer

if TYPE_CHECKING:
    from desk.services.visits import Visits


class CaseVerbs(QObject):
    """The verbs of a tab. Ticks given before there is a number are kept and written with it.

    What is asked for while something is being written is done after it, once.

    Signals:
        updated: the visit as it is now.
        numbered: the visit has just got its number.
        lacking: a list of `Gap`; empty once nothing is missing.
        saved: the words are in the record.
        finished: the reception is finished, the rating may be asked.
        rated: the rating is written.
        revealed: "phone" or "id_no" and the number in clear.
        voided: the visit is void.
        hidden: the words are in the record, which whoever wrote them may not read from now on (LZ-11).

    `has_place` tells whether a sentence on a field stands where it can be read; else it is said in a message.
    `sending` is called when the form as it stands goes on its way into the record, `take` with what a
    verb gave back. `cover` is called with words to cover the form while something is written after which
    nobody can type into it: a word of that moment would stand in no record. `uncover` is called when that is
    over, also when it is not covered.
    """

    updated = Signal(object)
    numbered = Signal()
    lacking = Signal(object)
    saved = Signal()
    finished = Signal()
    rated = Signal()
    revealed = Signal(str, str)
    voided = Signal()
    hidden = Signal()

    def __init__(self, context: Context, read: Callable[[], VisitForm], parent: QObject) -> None:
        super().__init__(parent)
        self.visit: Visit | None = None
        self.ticked: dict[str, datetime] = {}
        self._context = context
        self._read = read
        self.writer = Writer(context, self._mark, self)
        self.began = Beginning(VisitForm())
        self.turn = 0
        """Counts what was written from here."""
        self.cover: Callable[[str], None] = lambda _words: None
        self.uncover: Callable[[], None] = lambda: None
        # Before a field is marked, and before the next in the queue covers the form again.
        self.writer.refused.connect(self._on_over)
        self.writer.free.connect(self._on_over)
        self._queue = Queue(self.writer, self)
        self.has_place: Callable[[str], bool] = lambda _field: False
        self.sending: Callable[[], None] = lambda: None
        self.take: Callable[[Done[Any]], None] = lambda _done: None

    @property
    def busy(self) -> bool:
        """Whether something is being written that must not be asked for twice."""
        return self.writer.busy

    def forget(self) -> None:
        """Do nothing of what still waits: the tab is closing."""
        self._queue.forget()

    def open(self, *, wait: bool = False, then: Callable[[], None] | None = None) -> None:
        """Give a number, for somebody received now or, with `wait`, for somebody who waits; then go on."""
        if self._queue.put(("open", then), partial(self.open, wait=wait, then=then)):
            return
        if self.visit is not None:
            # It got its number while this waited.
            if then is not None:
                then()
            return
        form, visits = self._read(), self._context.services.visits
        record = Record(name=form.name, anonymous=form.anonymous, subject=form.subject)
        gaps = [(gap.field, gap.sentence) for gap in missing_for_receipt(record)]
        self.lacking.emit(gaps)
        if gaps:
            return
        verb = visits.wait if wait else visits.open
        ticks = tuple(self.ticked)

        def work() -> Done[Visit]:
            done = verb(form)
            for what in ticks:
                done = visits.mark(done.value.id, what, on=True)
            return Written(done.value, frozenset({"visit"}), visits.form(done.value.id))

        self.began.sending(form)
        self.writer.run(work, partial(self._on_opened, then=then))

    def receive(self) -> None:
        """Begin to receive somebody who waited."""
        if self._queue.put(("receive",), self.receive):
            return
        visit, visits = self.visit, self._context.services.visits
        if visit is not None and visit.state == "waiting":
            visit_id = visit.id
            self.writer.run(
                lambda: _read_again(visits, visits.receive(visit_id), sent=False), self._on_updated
            )

    def save(self, *, then: Callable[[], None] | None = None) -> None:
        """Put the words into the record, then go on; a problem leaves them in the draft and ends it."""
        if self._queue.put(("save", then), partial(self.save, then=then), again=True):
            return
        visit, visits, now = self.visit, self._context.services.visits, self._read()
        if visit is not None and visit.state != "finished":
            if self._may_hide(now):
                self.cover(_("正在存入…"))
                now = self._read()
            work = partial(visits.save, visit.id, self.began.typed(now), self.began.base)
            self.sending()
            self.began.sending(now)
            told = partial(self._on_told, self.saved, then=then)
            self.writer.run(lambda: _read_again(visits, work()), told)

    def finish(self) -> None:
        """Finish the reception, or say what is missing; a form without number gets one first."""
        if self.visit is None:
            self.open(then=self.finish)
            return
        if self._queue.put(("finish",), self.finish) or self.visit.state == "finished":
            return
        form, visits = self.began.typed(self._read()), self._context.services.visits
        self._context.tasks.run(lambda: visits.missing(form), done=self._on_missing, owner=self)

    def forward(self) -> None:
        """Take the next step: receive who waits, finish who is being received."""
        if self.visit is not None and self.visit.state == "waiting":
            self.receive()
        else:
            self.finish()

    def tick(self, step: str) -> None:
        """Tick smile and tea, or comfort; the others light from evidence and say so."""
        if step not in six_ones.TICKED:
            self._context.notices.info(
                _("“{step}”有了记录、答复或评价会自动亮。").format(step=six_ones.LABELS[step])
            )
            return
        if self._queue.put(("tick", step), partial(self.tick, step), anyway=True):
            return
        what = "comfort" if step == "comfort" else "smile_tea"
        visit, visits = self.visit, self._context.services.visits
        if visit is None:
            if what in self.ticked:
                del self.ticked[what]
            else:
                self.ticked[what] = clock.now()
            self.updated.emit(None)
            return
        visit_id = visit.id
        on = not any(light.key == step and light.state == "done" for light in visit.lights)
        self.writer.run(lambda: visits.mark(visit_id, what, on=on), self._on_updated)

    def rate(self, value: str, reason: str) -> None:
        """Write the visitor's rating of the reception."""
        self.cover(_("正在记下评价…"))
        if self._queue.put(("rate",), partial(self.rate, value, reason), anyway=True):
            return
        visit, visits = self.visit, self._context.services.visits
        if visit is not None:
            visit_id = visit.id
            self.writer.run(lambda: visits.rate(visit_id, value, reason), partial(self._on_told, self.rated))

    def void(self, reason: str) -> None:
        """Make the visit void: somebody who waited has gone."""
        if self._queue.put(("void",), partial(self.void, reason), anyway=True):
            return
        visit, visits = self.visit, self._context.services.visits
        if visit is not None:
            visit_id = visit.id
            self.writer.run(lambda: visits.void(visit_id, reason), lambda _done: self.voided.emit())

    def reveal(self, field: str) -> None:
        """Ask why, then show a number in clear; the answer is written down (SEC-05)."""
        visit, visits = self.visit, self._context.services.visits
        if visit is None:
            self._context.notices.info(_("先给号，再看完整号码：看了要记入审计。"))
            return
        visit_id = visit.id

        def look(reason: str) -> None:
            self._context.tasks.run(
                lambda: visits.reveal(visit_id, field, reason),
                done=lambda clear: self.revealed.emit(field, clear),
                owner=self,
                lane="write",
            )

        def ask(reason: str) -> None:
            if self._queue.put(("reveal", field), partial(ask, reason)):
                return
            # The number of somebody chosen just now is in the record only once it is saved: till then it is
            # that of whoever stood here before.
            if self.began.typed(self._read()) != self.began.base:
                self.save(then=partial(look, reason))
            else:
                look(reason)

        self._context.notices.ask_text(_("为什么要看完整号码？（会记入审计）"), ask)

    def _on_opened(self, done: Done[Visit], then: Callable[[], None] | None) -> None:
        self.ticked.clear()
        self._on_updated(done)
        self.numbered.emit()
        if then is not None:
            then()

    def _on_updated(self, done: Done[Visit]) -> None:
        self.turn += 1
        self.take(done)
        self.visit = done.value
        self.updated.emit(done.value)

    def _on_told(
        self, told: SignalInstance, done: Done[Visit], then: Callable[[], None] | None = None
    ) -> None:
        self._on_updated(done)
        if isinstance(done, Written) and done.form is None:
            self._context.notices.info(_("已存入。这是保密来访，您不能再查看。"))
            self.hidden.emit()
        else:
            told.emit()
            if then is not None:
                then()

    def _on_missing(self, missing: Sequence[Missing]) -> None:
        self.lacking.emit([(gap.field, gap.sentence) for gap in missing])
        elsewhere = [gap.sentence for gap in missing if not self.has_place(gap.field)]
        if elsewhere:
            self._context.notices.warn("".join(elsewhere[:3]))
        if not missing:
            self._end()

    def _end(self) -> None:
        """Write the end, with the form as it stands."""
        if self._queue.put(("finish",), self._end):
            return
        visit, visits = self.visit, self._context.services.visits
        if visit is not None and visit.state != "finished":
            # Before it is read: what is still being composed goes into its field by this.
            self.cover(_("正在完成接待…"))
            form = self.began.typed(self._read())
            work = partial(visits.finish, visit.id, form, self.began.base)
            self.writer.run(work, partial(self._on_told, self.finished), again=self._end)

    def _on_over(self) -> None:
        self.uncover()

    def _may_hide(self, now: VisitForm) -> bool:
        """Tell whether the visit may be out of sight for who saves this (LZ-11)."""
        base = self.began.base
        return now.safety != "none" and (now.safety, now.receiver_ids) != (base.safety, base.receiver_ids)

    def _mark(self, gaps: list[Gap]) -> bool:
        """Say beside its field what was refused; tell whether it is read there, or a message must say it."""
        if not all(self.has_place(field) for field, _sentence in gaps):
            return False
        self.lacking.emit(gaps)
        return True


def _read_again(visits: "Visits", done: Done[Visit], *, sent: bool = True) -> Written:
    """Return what a verb gave back with the form as it stands now, None for who may not read it any more.

    The verb has done its work by then: a visit that was just marked as safe is no refusal (LZ-11).
    """
    form: VisitForm | None = None
    with suppress(AccessProblem):
        form = visits.form(done.value.id)
    return Written(done.value, done.changed, form, sent)


def lights_of(visit: Visit | None, ticked: Mapping[str, datetime]) -> tuple[Light, ...]:
    """Return the six ones of a visit; a form without a number shows its own ticks."""
    if visit is not None:
        found = visit.lights
    else:
        welcomed = ticked.get("smile_tea")
        evidence = six_ones.Evidence(
            "received", smile_at=welcomed, tea_at=welcomed, comfort_at=ticked.get("comfort")
        )
        found = six_ones.lights(evidence)
    return tuple(_with_key(light) for light in found)


def _with_key(light: Light) -> Light:
    """Say the key under the one that is ticked by hand."""
    if light.key == "comfort" and light.state == "todo" and not light.hint:
        return Light(light.key, light.label, light.state, "Alt 4")
    return light
