"""来访 at a desk of the county: the list of all stations' visits, to look at; nobody is received here."""

from PySide6.QtWidgets import QVBoxLayout

from desk.text import _
from desk.ui.context import Context
from desk.ui.navigator import LIST, NEW, NEXT, PERSON, SWITCH
from desk.ui.page import Page
from desk.ui.pages.visits.list_page import ListPage
from desk.ui.pages.visits.page import BACKFILL

_STARTS = ("", NEW, NEXT, BACKFILL, LIST, SWITCH)


class LookingPage(Page):
    """The same list and record as at a station, without the reception."""

    told_by_day = True

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.list = ListPage(context, receives=False)
        for _step in self.list.build():
            pass
        box = QVBoxLayout(self)
        box.setContentsMargins(18, 16, 18, 8)
        box.addWidget(self.list, 1)
        context.live.changed.connect(self._on_changed)

    @property
    def title(self) -> str:
        """The page's name."""
        return _("各站来访")

    @property
    def help_text(self) -> str:
        """What can be done here."""
        return _(
            "各站点的来访，新的在前；可按站点、日期、代表、处理方式和评价筛选，回车打开，Esc 返回。\n"
            "记录由站点填写，这里只能查看；保密来访不在其中。"
        )

    @property
    def hints(self) -> str:
        """The keys of a list."""
        return _("F1 帮助 · 回车 打开 · Esc 返回 · Ctrl K 搜索")

    def load(self) -> None:
        """Ask for what is in view."""
        self.list.load()

    def show_record(self, record_id: str) -> None:
        """Show a person's visits or open one visit; what begins a reception at a station shows the list."""
        if record_id.startswith(PERSON):
            self.list.show_person(record_id.removeprefix(PERSON))
        elif record_id in _STARTS:
            self.list.back()
        else:
            self.list.show_visit(record_id)

    def _on_changed(self, kinds: frozenset[str]) -> None:
        if kinds & {"visit", "deputy", "station"} and self.isVisible():
            self.load()
