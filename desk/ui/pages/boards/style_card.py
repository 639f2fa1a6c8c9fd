"""How a board looks: template, paper, and how large its code is, with the distance it can be read from."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desk.services.pdf import deputy_wall, station_board
from desk.text import _
from desk.ui.parts.boxes import label
from desk.ui.parts.card import Card
from desk.ui.parts.combo import Combo
from desk.ui.parts.form_row import FormRow

if TYPE_CHECKING:
    from desk.services.papers import BoardRules

WALL, STATION = "wall", "station"


@dataclass(frozen=True)
class Look:
    """A template on a paper, "A3" for six deputies or "A4" for one, with a code of `code_side` mm."""

    template: str
    paper: str
    code_side: float


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
        self.reach = Combo()
        self._rules: BoardRules | None = None
        self._words = label("", "soft", wrap=True)
        self.add(FormRow(_("模板"), self.template))
        self.add(FormRow(_("纸张"), self.paper))
        self.add(FormRow(_("扫码距离"), self.reach))
        self.add(self._words)
        self.add(label(_("打印前，每个码都已从做好的页面上扫过一遍。"), "small", wrap=True))
        self.body.addStretch(1)
        self.template.currentIndexChanged.connect(self._on_template)
        self.paper.currentIndexChanged.connect(self._on_paper)
        self.reach.currentIndexChanged.connect(self._on_reach)
        self._offer()

    def look(self) -> Look:
        """Return what is chosen."""
        return Look(self.template.value(), self.paper.value(), float(self.reach.value()))

    def follow(self, rules: "BoardRules") -> None:
        """Begin with the sizes of the profile; another choice of the person stays."""
        if rules != self._rules:
            self._rules = rules
            self._offer_sizes()

    def _offer(self) -> None:
        wall = [("A3", _("A3 · 3×2")), ("A4", _("A4 · 一人一张"))]
        self.paper.set_choices(wall if self.template.value() == WALL else [("A4", _("A4 竖向"))])
        self._offer_sizes()

    def _offer_sizes(self) -> None:
        template, paper = self.template.value(), self.paper.value()
        sides = sides_of(template, paper)
        blocked = self.reach.blockSignals(True)
        self.reach.set_choices([(str(side), distance_words(side)) for side in sides])
        if self._rules is not None:
            wanted_cm = self._rules.wall_cm if template == WALL else self._rules.station_cm
            self.reach.set_value(str(side_for(sides, wanted_cm)))
        self.reach.blockSignals(blocked)
        self._say()

    def _say(self) -> None:
        look = self.look()
        lines = [_("二维码边长 {side:.0f} 毫米；贴在一人高处，别反光。").format(side=look.code_side)]
        if look.template == WALL:
            photo = look.code_side == sides_of(WALL, look.paper)[0]
            lines.insert(0, _("留照片框，可贴照片。") if photo else _("不留照片框，码占照片的位置。"))
        if self._rules is not None and not self._rules.phones_open:
            lines.append(
                _("还没有接上县级平台，手机打不开码：牌上不写扫码留言，写“{words}”和电话。").format(
                    words=self._rules.invite
                )
            )
        self._words.setText("\n".join(lines))

    def _on_template(self) -> None:
        blocked = self.paper.blockSignals(True)
        self._offer()
        self.paper.blockSignals(blocked)
        self.changed.emit()

    def _on_paper(self) -> None:
        self._offer_sizes()
        self.changed.emit()

    def _on_reach(self) -> None:
        self._say()
        self.changed.emit()


def sides_of(template: str, paper: str) -> tuple[float, ...]:
    """Return the printed sides of the code to choose from, in mm, quiet zone included, smallest first."""
    if template == STATION:
        return station_board.CODE_SIDES
    return deputy_wall.LAYOUTS[paper].code_sides


def side_for(sides: tuple[float, ...], wanted_cm: int) -> float:
    """Return the smallest side in mm that is read from `wanted_cm`, the largest where none is.

    A tenth of the distance is the side (domain.md 7.5): so many cm away, so many mm.
    """
    return next((side for side in sides if side >= wanted_cm), sides[-1])


def distance_words(side: float) -> str:
    """Return from about how far a code of so many mm is read: ten times its side."""
    return _("约 {metres:.1f} 米").format(metres=side / 100)
