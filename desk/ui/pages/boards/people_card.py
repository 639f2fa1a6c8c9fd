"""Who goes on the wall: the deputies in office with a tick each, and a field to find them."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QWidget

from desk.rules import pinyin
from desk.text import _
from desk.ui.pages.boards.ticks import Pick, TickList
from desk.ui.parts.boxes import row
from desk.ui.parts.card import Card
from desk.ui.parts.fields import LineField

if TYPE_CHECKING:
    from desk.services.deputies import DeputyRow


class PeopleCard(Card):
    """代表.

    Signals:
        import_wanted: the roster is to be imported first.
    """

    import_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("代表"), parent=parent)
        bring = QPushButton(_("导入花名册"))
        bring.setProperty("kind", "inline")
        bring.clicked.connect(self.import_wanted)
        self.head.addWidget(bring)
        self.search = LineField(_("找代表"), hint=_("姓名 / 首字母 / 选区"))
        self.list = TickList(_("上墙的代表"))
        self.search.textChanged.connect(self._on_search)
        self.search.composed.connect(lambda _composing: self._on_search())
        self.search.returnPressed.connect(self.list.setFocus)
        self.all = QPushButton(_("全选"))
        self.none = QPushButton(_("全不选"))
        for button, on in ((self.all, True), (self.none, False)):
            button.setProperty("kind", "row")
            button.clicked.connect(lambda _checked=False, on=on: self.list.ticks.tick_shown(on))
        self.add(self.search)
        self.add(self.list, 1)
        self.add(row(self.all, self.none, None, gap=8))

    def show_picks(self, picks: Sequence[Pick]) -> None:
        """Show these deputies."""
        self.list.ticks.start(picks)

    def _on_search(self) -> None:
        if not self.search.composing:
            self.list.ticks.search(self.search.value())


def picks_of(deputies: "Sequence[DeputyRow]") -> tuple[Pick, ...]:
    """Return the deputies in office, ready to be searched (in the background: pinyin takes its time)."""
    return tuple(_pick(deputy) for deputy in deputies if deputy.state == "active")


def _pick(deputy: "DeputyRow") -> Pick:
    read = pinyin.readings(deputy.name)
    searched = " ".join(
        (
            deputy.name,
            *read.initials,
            *(each.replace(" ", "") for each in read.syllables),
            deputy.constituency,
        )
    )
    level = _("议政") if deputy.consultative else next(iter(deputy.levels), "")
    return Pick(deputy.id, deputy.name, level, "".join(searched.split(" ")).lower())
