"""A field that opens a list of ticks: several out of a list, shown as words in one line."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QWidget

from desk.ui.parts.tick_field import TickField


class MultiPick(TickField):
    """Several out of a fixed list."""

    def __init__(
        self,
        name: str,
        choices: Sequence[tuple[str, str]] = (),
        *,
        alone: str = "",
        shown: Callable[[Sequence[str]], str] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        """Args: `name` for screen readers; `alone` is a code that stands by itself, such as 都没有;
        `shown` says the codes chosen in fewer words.
        """
        super().__init__(name, parent)
        self._name = name
        self._alone = alone
        self._shown = shown
        self._words = dict(choices)
        self._describe()

    def set_choices(self, choices: Sequence[tuple[str, str]]) -> None:
        """Offer these, keeping what is chosen."""
        self._words = dict(choices)
        self._describe()

    def value(self) -> tuple[str, ...]:
        """Return the codes chosen, in the order of the list."""
        return tuple(code for code in self._words if code in self._chosen)

    def set_value(self, codes: Sequence[str]) -> None:
        """Choose these without saying so."""
        self._chosen = tuple(codes)
        self._describe()

    def choose(self, code: str, *, on: bool = True) -> None:
        """Tick or untick one, as a person does."""
        if on == (code in self._chosen):
            return
        kept = [each for each in self._chosen if each != code and not (on and self._alone in (each, code))]
        self._chosen = (*kept, code) if on else tuple(kept)
        self._describe()
        self.edited.emit()

    def words(self) -> str:
        """Return the words of what is chosen."""
        if self._shown is not None:
            return self._shown(self.value())
        return "、".join(self._words[code] for code in self.value())

    def fill(self) -> None:
        """Offer every code."""
        for code, words in self._words.items():
            self.offer(code, words)

    def on_toggled(self, code: str, *, on: bool) -> None:
        """Choose it; 都没有 and the others put each other out."""
        self.choose(code, on=on)
        for action in self._menu.actions():
            blocked = action.blockSignals(True)
            action.setChecked(action.data() in self._chosen)
            action.blockSignals(blocked)

    def _describe(self) -> None:
        words = self.words()
        self.describe(f"{self._name}：{words}" if words else self._name)
