"""接待代表: a field that opens a list of ticks, one for each deputy on duty; several may receive one visit.

Who is not on duty cannot receive, so the list does not tick them: its last line, one key away, brings them on
duty. A visit entered later (补录) names whom it was, so there every deputy in office may be ticked.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QMenu, QWidget

from desk.rules.pinyin import readings
from desk.text import _
from desk.ui.parts.tick_field import TickField

Deputy = tuple[str, str]
"""Id and words, such as 王某某（市、县）."""


@dataclass(frozen=True)
class Deputies:
    """Whom the desk knows: on duty now, all who are in office, and those who have left it."""

    on_duty: tuple[Deputy, ...] = ()
    in_office: tuple[Deputy, ...] = ()
    departed: tuple[Deputy, ...] = ()


class ReceiverField(TickField):
    """Shows who receives the visit.

    Signals:
        duty_wanted: somebody is to be brought on duty, to receive this visit; the deputy's id.
    """

    duty_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("接待代表"), parent)
        self._deputies = Deputies()
        self._words: dict[str, str] = {}
        self._anybody = False
        self._others = _LetterMenu(_("请其他代表上岗(&S)"), self._menu)
        self._describe()

    def set_deputies(self, deputies: Deputies) -> None:
        """Offer these, keeping what is chosen."""
        self._deputies = deputies
        self._words = dict([*deputies.departed, *deputies.in_office, *deputies.on_duty])
        self._describe()

    def offer_anybody(self, *, on: bool) -> None:
        """Tick everybody in office, on duty or not: the visit was received some time ago (补录)."""
        self._anybody = on

    def value(self) -> tuple[str, ...]:
        """Return the ids chosen, in the order they were."""
        return self._chosen

    def set_value(self, ids: Sequence[str]) -> None:
        """Choose these; an id no longer offered is kept."""
        self._chosen = tuple(ids)
        self._describe()

    def choose(self, deputy_id: str) -> None:
        """Add one to the choice, as a tick does."""
        self.on_toggled(deputy_id, on=True)

    def words(self) -> str:
        """Return the names of who is chosen."""
        return _("、").join(map(self._named, self._chosen))

    def fill(self) -> None:
        """Tick who is on duty and who is chosen already; below, offer to bring the others on duty."""
        menu, all_of_them = self._menu, self._deputies
        here = dict(all_of_them.on_duty)
        # Who was chosen and has gone off duty since may be taken away, but not added anew.
        stored = [(each, self._named(each)) for each in self._chosen if each not in here]
        others = [each for each in all_of_them.in_office if each[0] not in here]
        ticks = [*here.items(), *stored]
        if self._anybody:
            ticks += [each for each in others if each[0] not in self._chosen]
        if not ticks:
            menu.addAction(_("还没有代表上岗")).setEnabled(False)
        for deputy_id, words in ticks:
            self.offer(deputy_id, words)
        if others and not self._anybody:
            menu.addSeparator()
            menu.addMenu(self._others)
            self._fill_others(others)

    def _fill_others(self, others: Sequence[Deputy]) -> None:
        self._others.clear()
        for deputy_id, words in others:
            wanted = self._others.addAction(words)
            wanted.triggered.connect(lambda _on=False, each=deputy_id: self.duty_wanted.emit(each))

    def on_toggled(self, deputy_id: str, *, on: bool) -> None:
        """Choose a deputy, or no longer."""
        kept = [each for each in self._chosen if each != deputy_id]
        chosen = tuple([*kept, deputy_id] if on else kept)
        if on == (deputy_id in self._chosen):
            return
        self._chosen = chosen
        self._describe()
        self.edited.emit()

    def _named(self, deputy_id: str) -> str:
        return self._words.get(deputy_id, _("已不在名册"))

    def _describe(self) -> None:
        self.describe(_("接待代表：{who}").format(who=self.words() or _("未选")))


class _LetterMenu(QMenu):
    """A long menu of names: a letter goes to the next one whose initials begin with it."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        letter = event.text().lower()
        actions = self.actions()
        if len(letter) == 1 and letter.isascii() and letter.isalpha():
            active = self.activeAction()
            after = actions.index(active) + 1 if active in actions else 0
            for action in (*actions[after:], *actions[:after]):
                if any(each.startswith(letter) for each in readings(action.text()).initials):
                    self.setActiveAction(action)
                    break
        else:
            super().keyPressEvent(event)
