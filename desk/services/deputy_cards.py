"""What a wall says of each deputy: public words only, active mandates only (F-52, ZD-04)."""

from sqlalchemy.orm import Session as Rows

from desk.errors import InputProblem
from desk.models.base import alive
from desk.models.deputy import Deputy, Mandate
from desk.models.station import Station
from desk.rules import labels
from desk.rules.board_code import board_code
from desk.services.pdf.deputy_wall import DeputyCard
from desk.text import _

_FEMALE = "2"
_STATION_TAIL = "联络站"


def card(rows: Rows, station: Station, deputy_id: str, host: str) -> DeputyCard:
    """Return the card of one deputy, its code naming station and record only.

    Raises InputProblem for a deputy who has left: nobody goes on the wall without a mandate (ZD-04).
    """
    deputy = rows.get_one(Deputy, deputy_id)
    if deputy.state == "departed" or deputy.void:
        raise InputProblem(
            _("{name}代表已调离，不能上墙。").format(name=deputy.name), way_out=_("请去掉再生成。")
        )
    found = rows.scalars(
        alive(Mandate)
        .where(Mandate.deputy_id == deputy_id, Mandate.state == "active")
        .order_by(Mandate.level)
    )
    mandates = list(found)
    return DeputyCard(
        name=_("{name}（女）").format(name=deputy.name) if deputy.sex == _FEMALE else deputy.name,
        levels=_levels(deputy, mandates),
        post=deputy.post,
        constituency=_constituency(mandates),
        code=board_code(station.code, deputy_id, host),
    )


def wall_title(station_name: str) -> str:
    """Return the title of the wall: 示例镇人大代表联络站 → 示例镇人大代表公示."""
    return _("{name}公示").format(name=station_name.removesuffix(_STATION_TAIL))


def _levels(deputy: Deputy, mandates: list[Mandate]) -> str:
    if deputy.consultative:
        return _("议政代表")
    levels = " · ".join(labels.MANDATE_LEVEL.get(mandate.level, "") for mandate in mandates)
    return _("{levels}人大代表").format(levels=levels)


def _constituency(mandates: list[Mandate]) -> str:
    """Return 选区 of the mandate nearest to the voters, or who elected (ZD-02)."""
    return next((words for one in reversed(mandates) if (words := one.constituency or one.electing_unit)), "")
