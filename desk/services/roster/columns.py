"""Finds the header line of a roster and says what each column means."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from desk.rules.width import half_width
from desk.services.roster.table import Line

NAME = "name"
SEX = "sex"
ETHNICITY = "ethnicity"
BIRTH = "birth"
LEVELS = "levels"
CONSTITUENCY = "constituency"
ELECTING_UNIT = "electing_unit"
POST = "post"
PHONE = "phone"
GROUP = "group"
REMARK = "remark"
IGNORED = "ignored"

# What the clerk may choose from; the rest of a roster is not the desk's business (PI-02).
MEANING: Mapping[str, str] = {
    NAME: "姓名",
    SEX: "性别",
    ETHNICITY: "民族",
    BIRTH: "出生年月",
    LEVELS: "代表层级",
    CONSTITUENCY: "选区",
    ELECTING_UNIT: "选举单位",
    POST: "单位职务",
    PHONE: "电话",
    GROUP: "代表小组",
    REMARK: "备注",
    IGNORED: "不导入",
}

# The first pattern that fits decides, so the narrow ones stand first.
_PATTERNS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (meaning, re.compile(pattern))
    for meaning, pattern in (
        (NAME, r"(人大)?(代表)?(姓名|名字|名单)|代表"),
        (SEX, r"性别"),
        (ETHNICITY, r"民族"),
        (IGNORED, r".*(身份证|证号|证件|序号|编号|联络站|进站|填表|填报).*"),
        (BIRTH, r".*(出生|生日).*"),
        (CONSTITUENCY, r".*选区.*"),
        (ELECTING_UNIT, r".*选举单位.*"),
        (LEVELS, r".*(层级|级别|层次|代表类别|代表类型|代表级).*|何级代表"),
        (PHONE, r".*(电话|手机|联系方式).*"),
        (GROUP, r".*(代表团|小组|编组).*"),
        (REMARK, r".*(备注|说明|变动).*"),
        (POST, r".*(职务|单位|职业).*"),
    )
)
_HEADER_WITHIN = 30  # lines: titles and filling-in notes stand above, never more than this
_SIGNS = re.compile(r"[\s*＊:：]")


@dataclass(frozen=True)
class Column:
    """A column as titled in the file and what it was taken for; `index` counts from 0."""

    index: int
    title: str
    meaning: str


@dataclass(frozen=True)
class Header:
    """The line (its number in the file) the columns were found in, and the columns."""

    line: int
    columns: tuple[Column, ...]


def find_header(lines: Sequence[Line]) -> Header | None:
    """Return the header of a table, or None if no line names a column of names and one more."""
    for position, line in enumerate(lines[:_HEADER_WITHIN]):
        if _is_header(line):
            below = lines[position + 1] if position + 1 < len(lines) else None
            # A header of two lines: the cells merged over both are copied down, the lower ones say more.
            if below is not None and line.number + 1 == below.number and _is_header(below):
                return Header(below.number, _columns(line, below))
            return Header(line.number, _columns(line, line))
    return None


def meaning_of(title: str) -> str:
    """Return the meaning a column title stands for, IGNORED if none."""
    plain = _SIGNS.sub("", half_width(title))
    return next((meaning for meaning, pattern in _PATTERNS if pattern.fullmatch(plain)), IGNORED)


def is_header_word(text: str) -> bool:
    """Say whether a text in the column of names is that column's title again (a roster printed in pages)."""
    return meaning_of(text) == NAME


def _is_header(line: Line) -> bool:
    meanings = {meaning_of(cell) for cell in line.cells if cell}
    return NAME in meanings and len(meanings - {NAME, IGNORED}) >= 1


def _columns(upper: Line, lower: Line) -> tuple[Column, ...]:
    width = max(len(upper.cells), len(lower.cells))
    titles = (_SIGNS.sub("", lower.cell(index) or upper.cell(index)) for index in range(width))
    return tuple(Column(index, title, meaning_of(title)) for index, title in enumerate(titles))
