"""How a board looks: template, paper, and how large its code is, with the distance it can be read from."""

from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desk.services.pdf import deputy_wall, station_board
from desk.text import _
from desk.ui.parts.boxes import column, label
from desk.ui.parts.card import Card
from desk.ui.parts.combo import Combo
from desk.ui.parts.form_row import FormRow

WALL, STATION = "wall", "station"


@dataclass(frozen=True)
class Look:
    """A template on a paper: "A3" holds six deputies, "A4" one."""

    template: str
    paper: str


class StyleCard(Card):
    """样式.

    Signals:
        changed: another template or paper was chosen.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("样式"), parent=parent)
        self.template = Combo([(WALL, _("代表公示墙")), (STATION, _("站点二维码牌"))])
        self.paper = Combo()
        self._code = label("", wrap=True)
        self._distance = label("", wrap=True)
        self.add(FormRow(_("模板"), self.template))
        self.add(FormRow(_("纸张"), self.paper))
        for heading, words in ((_("二维码"), self._code), (_("扫描距离"), self._distance)):
            words.setProperty("role", "soft")
            self.add(column(label(heading, "label"), words, gap=3))
        self.add(
            label(_("打印前，每个码都已从做好的页面上扫过一遍。照片框留空，可贴照片。"), "small", wrap=True)
        )
        self.body.addStretch(1)
        self.template.currentIndexChanged.connect(self._on_template)
        self.paper.currentIndexChanged.connect(self._on_paper)
        self._offer()

    def look(self) -> Look:
        """Return what is chosen."""
        return Look(self.template.value(), self.paper.value())

    def _offer(self) -> None:
        wall = [("A3", _("A3 横向 · 3×2")), ("A4", _("A4 竖向 · 一人一张"))]
        self.paper.set_choices(wall if self.template.value() == WALL else [("A4", _("A4 竖向"))])
        self._say()

    def _say(self) -> None:
        look = self.look()
        side = code_side(look)
        words = (
            _("一人一码 · 边长 {side:.0f} 毫米")
            if look.template == WALL
            else _("一站一码 · 边长 {side:.0f} 毫米")
        )
        self._code.setText(words.format(side=side))
        self._distance.setText(distance_words(side))

    def _on_template(self) -> None:
        self._offer()
        self.changed.emit()

    def _on_paper(self) -> None:
        self._say()
        self.changed.emit()


def code_side(look: Look) -> float:
    """Return the printed side of the code in mm, quiet zone included."""
    if look.template == STATION:
        return station_board.CODE_SIDE
    return deputy_wall.LAYOUTS[look.paper].code_side


def distance_words(side: float) -> str:
    """Return from how far a code can be read: a tenth of the distance is its side (domain.md 7.5)."""
    if side < 75:
        return _("半米内可扫；要站远些扫，请选 A4 一人一张。")
    return _("约 {metres:.1f} 米内可扫；贴在一人高处，别反光。").format(metres=side / 100)
