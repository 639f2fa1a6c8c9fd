"""What a form on a page began with: only what a person changed since then counts as typed."""

from collections.abc import Collection
from dataclasses import dataclass, fields, replace
from typing import Any, Generic, TypeVar

from desk.rules.three_way import Path, lay
from desk.services.outcome import Done

Form = TypeVar("Form")


@dataclass(frozen=True)
class Written(Done[Any]):
    """What a verb gave back, with the form as it stands after it; None for who may not read it.

    `sent`: the form that was open went into the record by it.
    """

    form: Any = None
    sent: bool = True


class Beginning(Generic[Form]):
    """The form as it was read, and how its widgets show it: what they cannot show is no change of anybody's.

    A service is given both, `typed` and `base`, and lays them over what stands by then (`rules.three_way`).
    """

    def __init__(self, form: Form) -> None:
        self.base = form
        self._shown = form
        self._sent = form

    def show(self, base: Form, shown: Form) -> None:
        """Begin with a form; `shown` is what its widgets say of it while nobody has typed."""
        self.base, self._shown = base, shown

    def typed(self, now: Form) -> Form:
        """Return the form as a person left it; `now` is what the widgets say."""
        shown, base = self._shown, self.base
        return lay(_as_stored(shown, shown, base), _as_stored(now, shown, base), base).form

    def is_touched(self, now: Form) -> bool:
        """Tell whether a person changed anything; `now` is what the widgets say."""
        return self.typed(now) != self.base

    def sending(self, now: Form) -> None:
        """Know that what stands there now is on its way into the record."""
        self._sent = now

    def is_sent(self, form: Form) -> bool:
        """Tell whether this is what was sent last."""
        return form == self._sent

    def arrived(self, record: Form) -> None:
        """Know that what was sent is in the record, which is `record` now; more may be typed since.

        What another desk changed there is not on the screen yet: no such field is begun with anew, so that
        whoever changes one here too is asked which holds. `seen` tells what was shown since.
        """
        typed = self.typed(self._sent)
        kept = [each for each in _names(record) if getattr(typed, each) == getattr(self.base, each)]
        self.base = _with(record, self.base, kept)
        self._shown = _with(self._sent, self._shown, kept)

    def unseen(self, record: Form, now: Form) -> frozenset[str]:
        """Return the fields in which `record` says something that is neither on the screen nor typed here."""
        typed, base = self.typed(now), self.base
        return frozenset(
            each
            for each in _names(record)
            if getattr(typed, each) == getattr(base, each) != getattr(record, each)
        )

    def seen(self, record: Form, shown: Form, names: Collection[str]) -> None:
        """Begin these fields anew as the record has them; `shown` is what the widgets say of them."""
        self.base = _with(self.base, record, names)
        self._shown = _with(self._shown, shown, names)

    def answered(self, theirs: Form, now: Form, yielding: Collection[Path]) -> Form:
        """Begin with the record as it stands, after somebody said where that holds; return what is typed.

        At the paths of `yielding` that is what the record says, at any other what was typed here.
        """
        laid = lay(self.base, self.typed(now), theirs, yielding=yielding).form
        self.show(theirs, theirs)
        return laid

    def restored(self, base: Form, typed: Form, theirs: Form) -> Form:
        """Begin with a draft that was typed over `base`; return it with what the record says by now.

        Where both changed the same the draft is shown, and asked about once it is saved.
        """
        self.show(base, base)
        return lay(base, typed, theirs).form


def _names(form: Any) -> list[str]:
    return [each.name for each in fields(form)]


def _with(form: Form, other: Form, names: Collection[str]) -> Form:
    """Return a form with these fields of another one."""
    return replace(form, **{each: getattr(other, each) for each in names})  # type: ignore[type-var]  # a form is a dataclass


def _as_stored(form: Form, shown: Form, base: Form) -> Form:
    """Return a form with its rows as they are stored: a telephone is starred there, a name cleaned.

    The rows are paired in their order, where as many were changed on their way as there are for them; without
    it one that is taken away would be looked for in vain, and stay.
    """
    found: dict[str, Any] = {}
    for name in _names(form):
        here, there = getattr(shown, name), getattr(base, name)
        if isinstance(here, tuple) and isinstance(there, tuple):
            sent = [row for row in here if row not in there]
            stored = [row for row in there if row not in here]
            if len(sent) == len(stored) and not any(hasattr(row, "id") for row in sent):
                pairs = list(zip(sent, stored, strict=True))
                rows = (next((to for of, to in pairs if of == row), row) for row in getattr(form, name))
                found[name] = tuple(rows)
    return replace(form, **found)  # type: ignore[type-var]  # a form is a dataclass
