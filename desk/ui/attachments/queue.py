"""Files on their way into records: each goes to the one it was given to, whatever is in view meanwhile."""

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from desk.errors import Problem
from desk.services.attachments.values import Source
from desk.text import _
from desk.ui.context import Context


@dataclass(frozen=True)
class Target:
    """A record that things hang on (`id` "" for none yet), what new ones are to it, and whose they are.

    `sheet` tells one form without a number from the next, which has none either.
    """

    noun: str = ""
    id: str = ""
    slot: str = ""
    party_id: str = ""
    sheet: str = ""

    def is_same(self, other: "Target") -> bool:
        """Tell whether both are one record, or one form that has no number yet."""
        one, another = (self.noun, self.id), (other.noun, other.id)
        return one == another and (bool(self.id) or self.sheet == other.sheet)

    def became(self, other: "Target") -> bool:
        """Tell whether this form has got its number and is that record now."""
        return not self.id and bool(other.id) and self.sheet == other.sheet


class AddingQueue(QObject):
    """Takes files in one after the other.

    Signals:
        moved: how many are in, of how many, and the `Target` of the one under way.
        ended: a `Source` that was taken in or refused, and whether it was kept.
        emptied: there are no more; the sentences on what was refused.
    """

    moved = Signal(int, int, object)
    ended = Signal(object, bool)
    emptied = Signal(object)

    def __init__(self, context: Context, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._waiting: deque[tuple[Target, Source]] = deque()
        self._count, self._done = 0, 0
        self._refused: list[str] = []
        self._to = Target()
        self.busy = False

    def put(self, target: Target, sources: Sequence[Source]) -> None:
        """Let files go to a record, behind those that wait already."""
        self._waiting.extend((target, source) for source in sources)
        self._count += len(sources)
        if not self.busy:
            self._next()

    def tell(self) -> None:
        """Say again how far it is, if anything is under way."""
        if self.busy:
            self.moved.emit(self._done, self._count, self._to)

    def stop(self) -> tuple[str, ...]:
        """Take no more in; return the names of what still waited."""
        names = tuple(source.name for _target, source in self._waiting)
        self._waiting.clear()
        return names

    def _next(self) -> None:
        if not self._waiting:
            self.busy = False
            self._count = self._done = 0
            refused, self._refused = self._refused, []
            self.emptied.emit(refused)
            return
        self.busy = True
        (to, source), service = self._waiting.popleft(), self._context.services.attachments
        self._to = to
        self.tell()
        self._context.tasks.run(
            lambda: service.add(to.noun, to.id, source, slot=to.slot, party_id=to.party_id),
            done=lambda _done: self.ended.emit(source, True),
            failed=lambda problem: self._on_refused(source, problem),
            ended=self._on_ended,
            owner=self,
            lane="free",
        )

    def _on_ended(self) -> None:
        self._done += 1
        self._next()

    def _on_refused(self, source: Source, problem: Problem) -> None:
        self.ended.emit(source, False)
        words = "。".join(word for word in (problem.sentence, problem.way_out) if word)
        self._refused.append(_("“{name}”没有添加：{words}").format(name=source.name, words=words))
