"""人民调解案件统计表: the sums of §3.8, a column for each part of the period and one for the whole."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from desk.rules import dispute_codes as codes
from desk.rules.mediation_statistics import Figures
from desk.rules.numerals import official_date
from desk.rules.statistic_spans import Span
from desk.services.pdf.ledger_values import (
    LedgerColumn,
    LedgerLine,
    LedgerSheet,
    LedgerTable,
    Rate,
    TenThousands,
    Value,
)
from desk.text import _

Read = Callable[[Figures], Value]

_CASES: Final = "件"
_PEOPLE: Final = "人"


@dataclass(frozen=True)
class Reported:
    """Whose figures these are: the parts of the period with theirs, the whole, and that of each committee."""

    who: str
    whole: Span
    figures: Figures
    parts: Sequence[tuple[Span, Figures]] = ()
    committees: Sequence[tuple[str, Figures]] = ()


def ledger(reported: Reported) -> LedgerSheet:
    """Return the tables; every figure of a part is counted by itself, and the parts add up to the whole."""
    folded = [*(figures for _span, figures in reported.parts), reported.figures]
    heads = [*(span.label for span, _figures in reported.parts), _("合计")]
    numbers = 1.0 if len(heads) > 1 else 2.0
    columns = (
        LedgerColumn(_("项目"), 2.6),
        LedgerColumn(_("单位"), 0.7, "centre"),
        *(LedgerColumn(head, numbers, "right") for head in heads),
    )
    lines = []
    for label, unit, read in _rows():
        values = tuple(read(each) for each in folded) if read is not None else ()
        lines.append(LedgerLine((label, unit, *values) if values else (label,)))
    first, last = official_date(reported.whole.first), official_date(reported.whole.last)
    return LedgerSheet(
        title=_("人民调解案件统计表"),
        heads=(
            _("填报单位：{who}").format(who=reported.who),
            _("统计期间：{first}至{last}").format(first=first, last=last),
        ),
        tables=(LedgerTable(columns, tuple(lines)), *_by_committee(reported)),
        remarks=(
            _("说明：案件按受理日期计入，排查按排查日期计入，结果、履行和司法确认按打印时的情况。"),
            _("调解成功率＝调解成功÷（调解成功＋调解不成功），调解中和已移送的不计。"),
        ),
        signers=(_("填表人"), _("审核人")),
        seal=reported.who,
    )


def _by_committee(reported: Reported) -> Iterator[LedgerTable]:
    """Yield the table of committees, one a row, where there are several."""
    if not reported.committees:
        return
    columns = (
        LedgerColumn(_("调委会"), 2.6),
        *(LedgerColumn(_(head), share, "right") for head, share, _read in _OF_COMMITTEE),
    )
    rows = [*reported.committees, (_("合计"), reported.figures)]
    lines = tuple(
        LedgerLine((name, *(read(figures) for _head, _share, read in _OF_COMMITTEE)))
        for name, figures in rows
    )
    yield LedgerTable(columns, lines, _("各调委会"))


def _rows() -> Iterator[tuple[str, str, Read | None]]:
    """Yield label, unit and how to read it; a heading has nothing to read."""
    yield _("一、案件"), "", None
    yield _("调解案件总数"), _(_CASES), lambda figures: figures.cases
    yield _("涉及当事人数"), _(_PEOPLE), lambda figures: figures.people
    yield from _counted("results", codes.RESULT)
    yield _("调解成功率"), _("％"), _rate
    yield _("疑难复杂案件"), _(_CASES), lambda figures: figures.hard
    yield _("协议涉及金额"), _("万元"), lambda figures: TenThousands(figures.fen)
    yield _("登记未受理（不计入总数）"), _(_CASES), lambda figures: figures.not_accepted
    yield _("二、调委会"), "", None
    yield from _counted("committees", codes.COMMITTEE_KIND)
    yield _("三、案件来源"), "", None
    yield from _counted("source_groups", codes.SOURCE_GROUP)
    referred = {code: label for code, label in codes.SOURCE.items() if code not in codes.SOURCE_GROUP}
    yield from _counted("sources", referred, _("其中：{label}"))
    yield _("四、纠纷类型"), "", None
    yield from _types()
    yield _("五、调解协议"), "", None
    yield from _counted("forms", codes.AGREEMENT_FORM)
    yield _("六、履行情况（调解成功的）"), "", None
    yield from _counted("performance", codes.PERFORMANCE)
    yield _("七、司法确认（调解成功的）"), "", None
    yield from _counted("confirmation", codes.CONFIRMATION)
    yield _("八、防止激化"), "", None
    for code, label in codes.PREVENTED.items():
        yield _(label), _(_CASES), _kept_cases(code)
        yield _("{label}涉及").format(label=_(label)), _(_PEOPLE), _kept_people(code)
    yield _("九、矛盾纠纷排查"), "", None
    yield _("排查次数"), _("次"), lambda figures: figures.sweeps
    yield _("发现纠纷"), _(_CASES), lambda figures: figures.found
    yield _("预防纠纷"), _(_CASES), lambda figures: figures.prevented


def _types() -> Iterator[tuple[str, str, Read]]:
    """Yield the 15 types of the earlier form, below each that was split the ones it was split into."""
    for parent, label in codes.PARENT_TYPE.items():
        yield from _counted("parent_types", {parent: label})
        within = {
            code: words for code, words in codes.DISPUTE_TYPE.items() if codes.parent_type(code) == parent
        }
        if len(within) > 1:
            yield from _counted("types", within, _("其中：{label}"))


def _counted(name: str, table: Mapping[str, str], words: str = "{label}") -> Iterator[tuple[str, str, Read]]:
    """Yield a row for each code of a table, all counted in cases."""
    for code, label in table.items():
        yield words.format(label=_(label)), _(_CASES), _count(name, code)


def _count(name: str, code: str) -> Read:
    def read(figures: Figures) -> Value:
        counted: Mapping[str, int] = getattr(figures, name)
        return counted[code]

    return read


def _kept_cases(code: str) -> Read:
    return lambda figures: figures.kept[code].cases


def _kept_people(code: str) -> Read:
    return lambda figures: figures.kept[code].people


def _rate(figures: Figures) -> Rate:
    solved = figures.results["success"]
    return Rate(solved, solved + figures.results["failed"])


_OF_COMMITTEE: Final[tuple[tuple[str, float, Read], ...]] = (
    ("案件", 0.8, lambda figures: figures.cases),
    ("人数", 0.9, lambda figures: figures.people),
    ("成功", 0.8, lambda figures: figures.results["success"]),
    ("不成功", 0.9, lambda figures: figures.results["failed"]),
    ("成功率", 1.1, _rate),
    ("疑难", 0.8, lambda figures: figures.hard),
    ("金额\n万元", 1.2, lambda figures: TenThousands(figures.fen)),
    ("口头协议", 0.8, lambda figures: figures.forms["oral"]),
    ("书面协议", 0.8, lambda figures: figures.forms["written"]),
    ("履行", 0.9, lambda figures: figures.performance["performed"]),
    ("排查", 0.8, lambda figures: figures.sweeps),
)
"""What the table of committees shows of each: heading, share of the width, how it is read."""
