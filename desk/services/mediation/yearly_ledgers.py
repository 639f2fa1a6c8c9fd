"""The yearly lists of a committee as ledgers: 以案定补 by dossier, and the searches for disputes."""

from collections.abc import Sequence
from datetime import date

from desk.services.mediation.statistics_values import SubsidyList, SweepRow
from desk.services.pdf.ledger_values import LedgerColumn, LedgerLine, LedgerSheet, LedgerTable, Sum
from desk.text import _


def subsidies(found: SubsidyList, who: str) -> LedgerSheet:
    """Return the dossiers archived in the year with what each earns, and the sum of each mediator."""
    rows = [
        LedgerLine(
            (
                number,
                row.case_no,
                row.title,
                row.mediators_text,
                _day(row.archived_on),
                row.difficulty_label,
                row.grade_label,
                Sum(row.fen) if row.grade else "—",
            )
        )
        for number, row in enumerate(found.rows, 1)
    ]
    own = any(row.own_grade for row in found.rows)
    if rows:
        rows.append(LedgerLine(("", _("合计"), "", "", "", "", "", Sum(found.total_fen))))
    people = [
        LedgerLine((number, each.mediator, each.dossiers, Sum(each.fen), ""))
        for number, each in enumerate(found.sums, 1)
    ]
    if people:
        dossiers = sum(each.dossiers for each in found.sums)
        people.append(LedgerLine(("", _("合计"), dossiers, Sum(found.total_fen), "")))
    return LedgerSheet(
        title=_("{year}年以案定补案件清单").format(year=found.year),
        heads=(_("填报单位：{who}").format(who=who),),
        tables=(
            LedgerTable(_dossier_columns(), tuple(rows), _("一、案卷"), _("这一年还没有归档的案卷。")),
            LedgerTable(
                _mediator_columns(), tuple(people), _("二、调解员"), _("这一年还没有可以发放的补贴。")
            ),
        ),
        remarks=(
            _("说明：按归档日期计入；几名调解员同办一案的平分，一件案卷在每人名下各计一件。"),
            *([_("注明“自评”的，评定等次的就是本案调解员，请审核人复核。")] if own else []),
        ),
        signers=(_("填表人"), _("审核人")),
        seal=who,
    )


def sweeps(year: int, found: Sequence[SweepRow], who: str) -> LedgerSheet:
    """Return the searches of a year in the order they were made, with their sums."""
    made = [
        LedgerLine(
            (
                number,
                _day(row.swept_on),
                row.committee_name,
                row.place,
                row.found,
                row.prevented,
                row.handled,
                row.by_names,
                row.note,
            )
        )
        for number, row in enumerate(reversed(found), 1)
    ]
    if made:
        sums = (sum(row.found for row in found), sum(row.prevented for row in found))
        handled = sum(row.handled for row in found)
        words = _("合计 {count} 次").format(count=len(found))
        made.append(LedgerLine(("", words, "", "", *sums, handled, "", "")))
    return LedgerSheet(
        title=_("{year}年矛盾纠纷排查登记簿").format(year=year),
        heads=(_("填报单位：{who}").format(who=who),),
        tables=(LedgerTable(_sweep_columns(), tuple(made), empty=_("这一年还没有登记过排查。")),),
        signers=(_("填表人"),),
        seal=who,
    )


def _day(day: date | None) -> str:
    """Return month and day; the year stands in the title."""
    return _("{month}月{day}日").format(month=day.month, day=day.day) if day is not None else ""


def _dossier_columns() -> tuple[LedgerColumn, ...]:
    return (
        LedgerColumn(_("序号"), 0.7, "centre"),
        LedgerColumn(_("案号"), 2.3),
        LedgerColumn(_("卷名"), 3.2),
        LedgerColumn(_("调解员"), 1.5),
        LedgerColumn(_("归档日期"), 1.4),
        LedgerColumn(_("难度"), 1.0),
        LedgerColumn(_("等次"), 1.1, "centre"),
        LedgerColumn(_("金额（元）"), 1.8, "right"),
    )


def _mediator_columns() -> tuple[LedgerColumn, ...]:
    return (
        LedgerColumn(_("序号"), 0.7, "centre"),
        LedgerColumn(_("调解员"), 3.0),
        LedgerColumn(_("案卷（件）"), 1.6, "right"),
        LedgerColumn(_("金额（元）"), 2.0, "right"),
        LedgerColumn(_("领取人签名"), 3.0),
    )


def _sweep_columns() -> tuple[LedgerColumn, ...]:
    return (
        LedgerColumn(_("序号"), 0.75, "centre"),
        LedgerColumn(_("日期"), 1.4),
        LedgerColumn(_("调委会"), 2.2),
        LedgerColumn(_("地点、范围"), 1.8),
        LedgerColumn(_("发现件数"), 0.9, "right"),
        LedgerColumn(_("预防件数"), 0.9, "right"),
        LedgerColumn(_("化解件数"), 0.9, "right"),
        LedgerColumn(_("参加的人"), 2.0),
        LedgerColumn(_("说明"), 1.9),
    )
