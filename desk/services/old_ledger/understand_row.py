"""Understands one line of an old ledger as one matter."""

from dataclasses import dataclass
from datetime import date

from desk.rules.names import name_key
from desk.services.old_ledger import cells, columns
from desk.services.old_ledger.values import Known, LedgerRow
from desk.services.sheets.cells import one_line, read_phone
from desk.services.sheets.findings import Doubt
from desk.services.sheets.headers import Column
from desk.services.sheets.table import Line
from desk.text import _

_MOST_COMPANIONS = 4  # with the visitor five representatives (XF-03)


@dataclass(frozen=True)
class Sheet:
    """What holds for every line: the columns, and what the station knows."""

    columns: tuple[Column, ...]
    known: Known

    def has(self, meaning: str) -> bool:
        """Say whether a column has this meaning."""
        return any(column.meaning == meaning for column in self.columns)

    def all(self, line: Line, meaning: str) -> tuple[str, ...]:
        """Return the texts of all columns of a meaning, those that hold words."""
        texts = (line.cell(column.index) for column in self.columns if column.meaning == meaning)
        return tuple(text for text in texts if text)

    def first(self, line: Line, meaning: str) -> str:
        """Return the first text of a meaning, "" if there is none."""
        return next(iter(self.all(line, meaning)), "")

    def own(self, line: Line, meaning: str) -> bool:
        """Say whether a column of a meaning has words in this very line, not only in a merged cell above."""
        return any(
            line.cell(column.index) and column.index not in line.filled
            for column in self.columns
            if column.meaning == meaning
        )


class _Reading:
    """One line being read: collects the doubts as its cells are taken."""

    def __init__(self, line: Line, sheet: Sheet) -> None:
        self.line = line
        self.sheet = sheet
        self.doubts: list[Doubt] = []

    def text(self, meaning: str) -> str:
        """Return the words of all columns of a meaning on one line."""
        return one_line("；".join(self.sheet.all(self.line, meaning)))

    def doubt(self, meaning: str, *sentences: str) -> None:
        """Keep the sentences that say something."""
        self.doubts += [Doubt(meaning, sentence) for sentence in sentences if sentence]


def understand_row(line: Line, sheet: Sheet, *, before: date | None, year: int) -> LedgerRow:
    """Return the matter of a line with every doubt; `before` is the day of the line above, if any."""
    read = _Reading(line, sheet)
    day, problem = _day(read, before, year)
    visitor = cells.read_visitor(read.text(columns.NAME))
    read.doubt(columns.NAME, *visitor.doubts)
    phone, phone_doubts = read_phone(sheet.first(line, columns.PHONE))
    read.doubt(columns.PHONE, *phone_doubts)
    statement = "\n".join(sheet.all(line, columns.STATEMENT)) or read.text(columns.SUBJECT)
    handling, result = read.text(columns.HANDLING), read.text(columns.RESULT)
    unit, unit_doubt = cells.read_unit(read.text(columns.UNIT), handling)
    read.doubt(columns.UNIT if sheet.has(columns.UNIT) else columns.HANDLING, unit_doubt)
    level, level_doubt = cells.level_of(unit) if unit else ("", "")
    read.doubt(columns.UNIT, level_doubt)
    due, due_doubt = cells.read_due(read.text(columns.DUE), day, sheet.known.today)
    read.doubt(columns.DUE, due_doubt)
    closed, closed_doubt = cells.is_closed(result, handling)
    read.doubt(columns.RESULT, closed_doubt)
    category = cells.read_category(read.text(columns.CATEGORY), sheet.known.topics)
    if read.text(columns.CATEGORY) and not category:
        sentence = _("类别“{text}”在本站的类别里没有，导入后请补选。")
        read.doubt(columns.CATEGORY, sentence.format(text=read.text(columns.CATEGORY)))
    receivers, receiver_ids, strangers = _receivers(read)
    return LedgerRow(
        line=line.number,
        day=day,
        name=visitor.name,
        anonymous=visitor.anonymous,
        companions=visitor.companions[:_MOST_COMPANIONS],
        phone=phone,
        headcount=_headcount(read, visitor.headcount),
        address=read.text(columns.ADDRESS),
        kind=cells.read_kind(read.text(columns.KIND)),
        subject=cells.short(read.text(columns.SUBJECT) or statement),
        statement=statement,
        request=read.text(columns.REQUEST),
        receivers=receivers,
        receiver_ids=receiver_ids,
        category=category,
        category_text=read.text(columns.CATEGORY),
        unit=unit,
        level=level,
        due=due,
        note=_note(read, strangers, visitor.companions[_MOST_COMPANIONS:], due, is_category=bool(category)),
        closed=closed,
        apart=cells.apart(" ".join((read.text(columns.SUBJECT), statement, read.text(columns.CATEGORY)))),
        doubts=tuple(read.doubts),
        problem=problem or visitor.problem,
    )


def _day(read: _Reading, before: date | None, year: int) -> tuple[date | None, str]:
    """Return the day and why a line without one cannot be imported; an empty cell goes by the line above."""
    text = read.sheet.first(read.line, columns.DAY)
    day, doubt = cells.read_day(text, read.sheet.known.today, year)
    if not text.strip() and before is not None:
        day, doubt = before, _("没有写日期，按上一行的日期，请核对。")
    read.doubt(columns.DAY, doubt)
    return day, "" if day else doubt or _("没有写日期，不能导入。")


def _headcount(read: _Reading, named: int) -> int:
    count, doubt = cells.read_headcount(read.text(columns.HEADCOUNT), read.sheet.known.max_headcount)
    read.doubt(columns.HEADCOUNT, doubt)
    if count and named > count:
        sentence = _("人数写 {count}，姓名一栏有 {named} 人，按 {named} 人，请核对。")
        read.doubt(columns.HEADCOUNT, sentence.format(count=count, named=named))
    return min(max(count, named, 1), read.sheet.known.max_headcount)


def _receivers(read: _Reading) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """Return the names of who received, the ids of those in the roster, and the names that are not in it."""
    names = tuple(name for name in cells.names_in(read.text(columns.RECEIVER)))
    ids = {name: read.sheet.known.deputies.get(name_key(name), "") for name in names}
    strangers = tuple(name for name, found in ids.items() if not found)
    if strangers:
        sentence = _("代表名册里没有{names}，或有同名，导入后请补选接待代表。")
        read.doubt(columns.RECEIVER, sentence.format(names="、".join(strangers)))
    return names, tuple(found for found in ids.values() if found), strangers


def _note(
    read: _Reading, strangers: tuple[str, ...], more: tuple[str, ...], due: date | None, *, is_category: bool
) -> str:
    """Return what the ledger says and no field of the record holds, each in a line of its own."""
    said = (
        (_("处理情况"), read.text(columns.HANDLING)),
        (_("承办单位"), read.text(columns.UNIT)),
        (_("期限"), _due(read.text(columns.DUE), due)),
        (_("结果"), read.text(columns.RESULT)),
        (_("接待代表"), "、".join(strangers)),
        (_("类别"), "" if is_category else read.text(columns.CATEGORY)),
        (_("同来"), "、".join(more)),
        (_("备注"), read.text(columns.REMARK)),
    )
    lines = [f"{label}：{words}" for label, words in said if words]
    return "\n".join([_("旧台账记载"), *lines]) if lines else ""


def _due(said: str, due: date | None) -> str:
    """Return a term as the ledger has it, with the day it ends on where it only counts."""
    if due is None or not said or due.isoformat() == said:
        return said
    return _("{said}（{day}）").format(said=said, day=due.isoformat())
