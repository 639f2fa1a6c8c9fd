"""代表 at a desk of the county: the lists of all stations in one, to look at."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout

from desk.text import _
from desk.ui.context import Context
from desk.ui.page import Page
from desk.ui.pages.deputies.people import columns
from desk.ui.parts.boxes import label, row
from desk.ui.parts.card import Card
from desk.ui.parts.combo import Combo
from desk.ui.parts.empty import EmptyState
from desk.ui.parts.table import Column, PagedTable

if TYPE_CHECKING:
    from desk.services.deputies import DeputyRow


class LookingPage(Page):
    """One table with a station column; a station is chosen above it."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._found: Sequence[DeputyRow] = ()
        self.station = Combo([("", _("全部站点"))])
        self.station.setAccessibleDescription(_("站点"))
        self.station.setMinimumContentsLength(12)
        self.station.activated.connect(self._fill)
        self._counts = label("", "label")
        self.table = PagedTable(
            _("代表名册"), (*columns(), Column(_("站点"), lambda deputy: deputy.station, 9, soft=True))
        )
        self._empty = EmptyState(_("还没有代表。"), _("站点导入花名册并同步以后，列在这里。"))
        card = Card()
        card.add(row(self.station, self._counts, None, gap=10))
        card.add(label(_("代表由站点登记，县里的电脑只能查看。"), "soft"))
        card.add(self._empty)
        card.add(self.table, 1)
        box = QVBoxLayout(self)
        box.setContentsMargins(18, 16, 18, 8)
        box.addWidget(card, 1)
        context.live.changed.connect(self._on_changed)

    @property
    def title(self) -> str:
        """The page's name."""
        return _("各站代表")

    @property
    def help_text(self) -> str:
        """What can be done here."""
        return _("各站点登记的代表，可按站点筛选。名册由站点导入和修改，这里只能查看。")

    def load(self) -> None:
        """Ask for the deputies."""
        self.context.tasks.run(self.context.services.deputies.list, done=self._show, owner=self)

    def show_record(self, record_id: str) -> None:
        """Show one deputy among all."""
        self.station.set_value("")
        self._fill()
        self.table.choose(record_id)

    def _show(self, deputies: "Sequence[DeputyRow]") -> None:
        self._found = deputies
        stations = sorted({each.station for each in deputies if each.station})
        self.station.set_choices([("", _("全部站点")), *((each, each) for each in stations)])
        self._fill()

    def _fill(self, _index: int = 0) -> None:
        chosen = self.station.value()
        shown = [each for each in self._found if chosen in ("", each.station)]
        active = sum(each.state == "active" for each in shown)
        self._counts.setText(_("在任 {active} 位").format(active=active))
        self._empty.setVisible(not shown)
        self.table.setVisible(bool(shown))
        self.table.show_rows(shown)

    def _on_changed(self, kinds: frozenset[str]) -> None:
        if kinds & {"deputy", "mandate", "station"} and self.isVisible():
            self.load()
