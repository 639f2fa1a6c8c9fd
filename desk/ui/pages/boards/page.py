"""公示牌: pick the deputies, see the wall as it will hang, print it or save it."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desk.text import _
from desk.ui.context import Context
from desk.ui.page import Page
from desk.ui.pages.boards.making import Making
from desk.ui.pages.boards.people_card import PeopleCard, picks_of
from desk.ui.pages.boards.style_card import STATION, StyleCard
from desk.ui.pages.boards.ticks import Pick
from desk.ui.pages.boards.wall_sheets import WallSheets
from desk.ui.parts.boxes import WIDE, label, row
from desk.ui.parts.columns import scrolled
from desk.ui.parts.key_hint import KeyButton
from desk.ui.parts.veil import BusyVeil
from desk.ui.preview.pane import PreviewPane
from desk.ui.preview.press import SYSTEM, Press
from desk.ui.preview.printers import Printers
from desk.ui.preview.sheets import sheets_of

if TYPE_CHECKING:
    from desk.services.papers import BoardRules, Paper

_KINDS = frozenset({"deputy", "mandate", "station", "profile"})


class BoardsPage(Page):
    """The station's code board and the wall of deputies."""

    def __init__(self, context: Context, parent: QWidget | None = None, source: Printers = SYSTEM) -> None:
        super().__init__(context, parent)
        self._count = 0
        self._about = label("", "label")
        self.save_button = KeyButton(_("导出 PDF"), "Ctrl S")
        self.print_button = KeyButton(_("打印"), "Ctrl P", "main")
        self.people = PeopleCard()
        self.preview = PreviewPane(context.tasks)
        self.look = StyleCard()
        self._lay_out()
        veil = BusyVeil(self)
        self.press = Press(context, veil, source)
        self.making = Making(context, veil)
        self._connect()
        self.setFocusProxy(self.people.search)

    @property
    def title(self) -> str:
        """公示牌."""
        return _("公示牌")

    @property
    def help_text(self) -> str:
        """What can be done here."""
        return _(
            "左边勾选上墙的代表（空格键勾选），可按姓名、首字母、选区找。\n"
            "中间就是印出来的样子，PageUp / PageDown 翻页，加号看实际大小，减号看整页。\n"
            "右边选模板、纸张和扫码距离：码越大，站得越远也能扫。Ctrl P 打印，Ctrl S 导出 PDF。\n"
            "每个二维码都从做好的页面上扫过一遍，扫不出来的不会打印。"
        )

    def load(self) -> None:
        """Ask for the deputies in office."""
        deputies, papers = self.context.services.deputies, self.context.services.papers
        self.context.tasks.run(
            lambda: (papers.board_rules(), picks_of(deputies.list())), done=self._show, owner=self
        )

    def _lay_out(self) -> None:
        head = row(
            label(_("公示牌"), "title"), self._about, None, self.save_button, self.print_button, gap=10
        )
        columns = QHBoxLayout()
        columns.setSpacing(WIDE)
        for widget, share in ((self.people, 25), (self.preview, 67), (scrolled(self.look), 22)):
            columns.addWidget(widget, share)
        box = QVBoxLayout(self)
        box.setContentsMargins(18, 16, 18, 8)
        box.setSpacing(WIDE)
        box.addLayout(head)
        box.addLayout(columns, 1)

    def _connect(self) -> None:
        self.people.import_wanted.connect(lambda: self.context.navigator.show("deputies", "import"))
        self.people.list.ticks.changed.connect(self._preview)
        self.look.changed.connect(self._preview)
        self.save_button.clicked.connect(lambda: self._make(self.press.save))
        self.print_button.clicked.connect(lambda: self._make(self.press.print))
        for keys, button in (("Ctrl+P", self.print_button), ("Ctrl+S", self.save_button)):
            QShortcut(QKeySequence(keys), self, button.click)
        self.context.live.changed.connect(self._on_changed, Qt.ConnectionType.UniqueConnection)

    def _show(self, found: "tuple[BoardRules, Sequence[Pick]]") -> None:
        rules, picks = found
        self.look.follow(rules)
        self._count = len(picks)
        self.people.show_picks(picks)

    def _preview(self) -> None:
        """Show what is ticked, sheet by sheet; nothing is drawn before it is looked at."""
        look, papers = self.look.look(), self.context.services.papers
        self.people.setEnabled(look.template != STATION)
        if look.template == STATION:
            self._enable(True)
            self._about.setText(_("站点二维码牌 · 1 页 A4"))
            side = look.code_side
            self.context.tasks.run(
                lambda: papers.station_board(side), done=self._show_board, owner=self, topic="board"
            )
            return
        ids = self.people.list.ticks.ticked()
        sheets = WallSheets(papers, ids, look.paper, look.code_side)
        words = _("{count} 位代表 · 已选 {ticked} 位 · {pages} 页 {paper}")
        self._about.setText(
            words.format(count=self._count, ticked=len(ids), pages=sheets.count, paper=look.paper)
        )
        self._enable(bool(ids))
        if ids:
            self.preview.show_sheets(sheets, keep_place=True)
        elif self._count:
            self.preview.say(_("请在左边勾选要上墙的代表。"))
        else:
            self.preview.say(_("还没有代表。先按“导入花名册”，把人大给的名单读进来。"))

    def _show_board(self, paper: "Paper") -> None:
        if self.look.look().template == STATION:
            self.preview.show_sheets(sheets_of(paper))

    def _make(self, then: "Callable[[Paper], None]") -> None:
        look = self.look.look()
        if look.template == STATION:
            papers = self.context.services.papers
            side = look.code_side
            self.context.tasks.run(lambda: papers.station_board(side), done=then, owner=self, lane="free")
            return
        self.making.start(self.people.list.ticks.ticked(), look, then)

    def _enable(self, on: bool) -> None:
        for button in (self.save_button, self.print_button):
            button.setEnabled(on)

    def _on_changed(self, kinds: frozenset[str]) -> None:
        if self.isVisible() and kinds & _KINDS:
            self.load()
