"""Understands one line of a roster as one deputy."""

from dataclasses import dataclass
from datetime import date

from desk.services.roster import cells, columns
from desk.services.roster.values import RosterMandate, RosterRow
from desk.services.sheets.cells import one_line, read_phone
from desk.services.sheets.findings import Doubt
from desk.services.sheets.headers import Column
from desk.services.sheets.table import Line
from desk.text import _

TOWN = cells.LEVELS[4]
_DIRECT = cells.LEVELS[3:]  # 县 and 镇 are elected directly, in a constituency (ZD-02)


@dataclass(frozen=True)
class Sheet:
    """What holds for every line: the columns, what the title says, whether it is a street's, the day."""

    columns: tuple[Column, ...]
    title_level: str
    term: str
    street: bool
    today: date

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


def understand_row(line: Line, sheet: Sheet) -> RosterRow:
    """Return the deputy of a line with every doubt about its cells."""
    doubts: list[Doubt] = []
    name = cells.read_name(sheet.first(line, columns.NAME))
    doubts += [Doubt(columns.NAME, sentence) for sentence in name.check.doubts]
    remark = "；".join((*map(one_line, sheet.all(line, columns.REMARK)), *name.notes))
    levels, consultative = _levels(line, sheet, doubts)
    constituency, mandates = _mandates(line, sheet, levels, doubts)
    phone, phone_doubts = read_phone(sheet.first(line, columns.PHONE))
    doubts += [Doubt(columns.PHONE, sentence) for sentence in phone_doubts]
    birth, birth_doubt = cells.read_birth(sheet.first(line, columns.BIRTH), sheet.today)
    departed, departed_doubt = cells.read_departed(remark)
    if name.check.problem:
        doubts.append(Doubt(columns.NAME, name.check.problem))
    if birth_doubt:
        doubts.append(Doubt(columns.BIRTH, birth_doubt))
    if departed_doubt:
        doubts.append(Doubt(columns.REMARK, _("备注“{text}”，是否已离任请核对。").format(text=remark)))
    return RosterRow(
        line=line.number,
        name=name.check.clean,
        levels=levels,
        mandates=mandates,
        constituency=constituency,
        post=" ".join(map(one_line, sheet.all(line, columns.POST))),
        phone=phone,
        sex=name.sex or cells.read_sex(sheet.first(line, columns.SEX)),
        ethnicity=name.ethnicity or cells.read_ethnicity(sheet.first(line, columns.ETHNICITY)),
        birth=birth,
        group_name=one_line(sheet.first(line, columns.GROUP)),
        remark=remark,
        departed=departed,
        consultative=consultative,
        doubts=tuple(doubts),
        problem=name.check.problem,
        lines=(line.number,),
        continued=any(
            column.meaning == columns.NAME and column.index in line.filled for column in sheet.columns
        ),
    )


def _levels(line: Line, sheet: Sheet, doubts: list[Doubt]) -> tuple[tuple[str, ...], bool]:
    """Return the levels as the file says and whether the deputy is a 议政代表 of a street (ZD-05)."""
    text = sheet.first(line, columns.LEVELS)
    levels, rest = cells.read_levels(text)
    consultative = "议政代表" in text
    if not sheet.has(columns.LEVELS) and sheet.title_level:
        levels = (sheet.title_level,)
    if rest:
        doubts.append(
            Doubt(columns.LEVELS, _("层级“{text}”里的“{rest}”看不懂，请核对。").format(text=text, rest=rest))
        )
    elif not levels and not consultative:
        doubts.append(Doubt(columns.LEVELS, _("没有写代表层级，请补填。")))
    if sheet.street and TOWN in levels:
        consultative = True
        doubts.append(
            Doubt(
                columns.LEVELS,
                _("街道没有镇级人大代表，这里写作“{text}”，按议政代表登记，请核对。").format(text=text),
            )
        )
    return levels, consultative


def _mandates(
    line: Line, sheet: Sheet, levels: tuple[str, ...], doubts: list[Doubt]
) -> tuple[str, tuple[RosterMandate, ...]]:
    """Return the constituency (or electing unit) as shown, and the mandates to store (ZD-02, ZD-03)."""
    constituency = cells.read_constituency(sheet.first(line, columns.CONSTITUENCY))
    unit = cells.read_constituency(sheet.first(line, columns.ELECTING_UNIT))
    if constituency and cells.names_electing_unit(constituency):
        constituency, unit = "", unit or constituency
    storable = tuple(level for level in levels if not (sheet.street and level == TOWN))
    direct = [level for level in levels if level in _DIRECT]
    if levels and not direct and constituency and not unit:
        doubts.append(
            Doubt(
                columns.CONSTITUENCY,
                _("{level}级代表由下一级人大选举，没有选区；表中写的是“{text}”，请核对选举单位。").format(
                    level="、".join(levels), text=constituency
                ),
            )
        )
    if direct and not constituency and sheet.has(columns.CONSTITUENCY):
        doubts.append(
            Doubt(
                columns.CONSTITUENCY, _("{level}级代表没有写选区，请补填。").format(level="、".join(direct))
            )
        )
    mandates = tuple(_mandate(level, constituency, unit, bool(direct), sheet) for level in storable)
    return constituency or unit, mandates


def _mandate(level: str, constituency: str, unit: str, has_direct: bool, sheet: Sheet) -> RosterMandate:
    term = sheet.term if level == sheet.title_level else ""
    if level in _DIRECT:
        return RosterMandate(level, constituency=constituency, term=term)
    # A constituency beside a direct level is that level's; alone it is kept, and doubted above.
    if unit or has_direct:
        return RosterMandate(level, electing_unit=unit, term=term)
    return RosterMandate(level, constituency=constituency, term=term)
