"""联合接待日登记表: who sat on a joint reception day and who came, as a ledger for signing and filing."""

from desk.rules.numerals import official_date
from desk.services.consultation.values import JointDayView
from desk.services.pdf.ledger_values import LedgerColumn, LedgerLine, LedgerSheet, LedgerTable
from desk.text import _

_NOUN = {"visit": "来访", "consultation": "法律咨询"}


def ledger(day: JointDayView, station: str) -> LedgerSheet:
    """Return the sheet of one day; names arrive masked, and no word of what was said is on it."""
    seats = tuple(
        LedgerLine(
            (
                number,
                seat.name,
                seat.organisation,
                seat.post,
                seat.role_label,
                "" if seat.came else _("未到"),
            )
        )
        for number, seat in enumerate(day.seats, 1)
    )
    came = [
        LedgerLine(
            (
                number,
                f"{each.at:%H:%M}" if each.at is not None else "",
                each.number,
                each.name,
                _(_NOUN[each.noun]),
                each.how,
            )
        )
        for number, each in enumerate(day.came, 1)
    ]
    if came:
        visits = sum(each.noun == "visit" for each in day.came)
        words = _("合计：来访 {visits} 批次，法律咨询 {consultations} 件")
        sums = words.format(visits=visits, consultations=len(day.came) - visits)
        came.append(LedgerLine((sums,)))
    return LedgerSheet(
        title=_("信访与法律咨询联合接待日登记表"),
        heads=_heads(day, station),
        tables=(
            LedgerTable(_seat_columns(), seats, _("一、坐班人员"), _("还没有登记坐班人员。")),
            LedgerTable(_came_columns(), tuple(came), _("二、来访和咨询"), _("当天没有人来访或咨询。")),
        ),
        remarks=(_("说明：姓名隐去一部分，反映和咨询的内容见各自的登记表。"),),
        signers=(_("登记人"),),
        seal=station,
    )


def _heads(day: JointDayView, station: str) -> tuple[str, ...]:
    when = official_date(day.held_on) if day.held_on is not None else ""
    parts = (
        _("接待站点：{words}").format(words=station),
        _("接待时间：{words}").format(words=f"{when}　{day.hours}".strip("　")),
        _("接待地点：{words}").format(words=day.place) if day.place else "",
        _("主题：{words}").format(words=day.theme) if day.theme else "",
        _("备注：{words}").format(words=day.note) if day.note else "",
    )
    return tuple(part for part in parts if part)


def _seat_columns() -> tuple[LedgerColumn, ...]:
    return (
        LedgerColumn(_("序号"), 0.7, "centre"),
        LedgerColumn(_("姓名"), 1.6),
        LedgerColumn(_("单位"), 3.2),
        LedgerColumn(_("职务"), 1.6),
        LedgerColumn(_("坐班内容"), 1.4),
        LedgerColumn(_("签到"), 1.7),
    )


def _came_columns() -> tuple[LedgerColumn, ...]:
    return (
        LedgerColumn(_("序号"), 0.7, "centre"),
        LedgerColumn(_("时间"), 1.1, "centre"),
        LedgerColumn(_("编号"), 2.6),
        LedgerColumn(_("姓名"), 2.2),
        LedgerColumn(_("事项"), 1.6),
        LedgerColumn(_("形式"), 2.0),
    )
