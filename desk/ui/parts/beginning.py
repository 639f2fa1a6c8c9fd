"""What a form on a page began with: only what a person changed since then counts as typed."""

from collections.abc import Collection
from dataclasses import dataclass
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
        return lay(self._shown, now, self.base).form

    def sending(self, now: Form) -> None:
        """Know that what stands there now is on its way into the record."""
        self._sent = now

    def is_sent(self, form: Form) -> bool:
        """Tell whether this is what was sent last."""
        return form == self._sent

    def arrived(self, base: Form) -> None:
        """Know that what was sent is in the record, which is `base` now; more may be typed since."""
        self.base, self._shown = base, self._sent

    def take(self, done: Done[Any]) -> None:
        """Know what a verb of this form gave back."""
        if isinstance(done, Written) and done.form is not None:
            if done.sent:
                self.arrived(done.form)
            else:
                self.base = done.form

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
