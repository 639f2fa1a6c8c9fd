"""Reads the full text of a statute out of a text file or a spreadsheet, article by article."""

import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from desk.errors import InputProblem
from desk.rules.statutes import Number, parse_number
from desk.services.sheets.headers import IGNORED, Words, find_header
from desk.services.sheets.read import read
from desk.services.sheets.text_file import decode
from desk.text import _

MOST_ARTICLES: Final = 3000
LONGEST: Final = 20_000
MAX_BYTES: Final = 8 * 1024 * 1024

_NUMERALS = "〇零一二三四五六七八九十百千0-9"
_ARTICLE = re.compile(rf"^\s*第([{_NUMERALS}]+)条(?:之([{_NUMERALS}]+))?[\s　:：]*(.*)$")
_HEADING = re.compile(rf"^\s*第[{_NUMERALS}]+(?:编|分编|章|节)")
_DAY = re.compile(r"(\d{4})\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日")
_IN_FORCE = re.compile(r"自\s*(\d{4})\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日起(?:施行|实施)")
_CORRECTED = re.compile("修正|修订")
_TABLES = (".xlsx", ".xls", ".csv")
_WORDS = Words(
    keys=("article",),
    patterns=(("article", "条号|条文号|条次|条"), ("text", "内容|条文内容|条文|正文")),
)


@dataclass(frozen=True)
class LawText:
    """What a file holds: name and version as it says itself ("" or None), articles, and what is doubtful.

    `is_corrected`: the head names corrections, and the day further below is that of the first edition.
    """

    name: str
    version_on: date | None
    articles: tuple[tuple[Number, str], ...]
    notes: tuple[str, ...]
    is_corrected: bool = False


def read_law(path: Path) -> LawText:
    """Return the articles of a text file or spreadsheet in their order.

    Raises InputProblem for a file that cannot be read, holds no article, or holds far too much.
    """
    found = _from_table(path) if path.suffix.lower() in _TABLES else _from_text(path)
    if not found.articles:
        raise InputProblem(
            _("这个文件里没有找到条文。"),
            way_out=_("文本文件每条以“第×条”开头；表格要有“条号”和“内容”两栏。"),
            field="path",
        )
    if len(found.articles) > MOST_ARTICLES:
        raise InputProblem(_("条文超过 {most} 条，可能不是一部法。").format(most=MOST_ARTICLES), field="path")
    return found


def _from_text(path: Path) -> LawText:
    try:
        if path.stat().st_size > MAX_BYTES:
            raise InputProblem(_("文件太大，不像一部法律的文本。"), field="path")
        text = decode(path.read_bytes())
    except OSError as error:
        raise InputProblem(
            _("打不开这个文件。"), way_out=_("请确认文件还在，没有被别的程序占用。"), field="path"
        ) from error
    lines = text.splitlines()
    name = next((line.strip().strip("《》") for line in lines if line.strip()), "")
    pairs: list[tuple[Number, list[str]]] = []
    notes: list[str] = []
    for line in lines:
        match = _ARTICLE.match(line)
        if match:
            label = f"第{match[1]}条" + (f"之{match[2]}" if match[2] else "")
            pairs.append((parse_number(label), [match[3].strip()]))
        elif pairs and line.strip() and not _HEADING.match(line):
            pairs[-1][1].append(line.strip())
    found = tuple((number, "\n".join(filter(None, words))) for number, words in pairs)
    head = "" if _ARTICLE.match(name) else name
    articles = _in_order(found, notes)
    return LawText(head, _version(text), articles, tuple(notes), bool(_CORRECTED.search(_head(text))))


def _from_table(path: Path) -> LawText:
    table = read(path, _WORDS)
    header = find_header(table.lines, _WORDS)
    if header is None:
        raise InputProblem(
            _("表格里没有“条号”和“内容”两栏。"), way_out=_("请在第一行写上栏名。"), field="path"
        )
    place = {column.meaning: column.index for column in header.columns if column.meaning != IGNORED}
    found: list[tuple[Number, str]] = []
    notes: list[str] = list(table.notes)
    for line in table.lines:
        number, words = line.cell(place["article"]).strip(), line.cell(place["text"]).strip()
        if line.number <= header.line or not (number or words):
            continue
        try:
            found.append((parse_number(number), words))
        except InputProblem as problem:
            notes.append(_("第 {line} 行：{why}").format(line=line.number, why=problem.sentence))
    articles = _in_order(tuple(found), notes)
    return LawText("", None, articles, tuple(notes))


def _in_order(found: tuple[tuple[Number, str], ...], notes: list[str]) -> tuple[tuple[Number, str], ...]:
    """Return each article once, in order; what is empty, twice or too long is told."""
    kept: dict[Number, str] = {}
    for number, words in found:
        if not words:
            notes.append(_("{number}没有内容，没有收。").format(number=number))
        elif number in kept:
            notes.append(_("{number}出现了不止一次，只收第一次的。").format(number=number))
        elif len(words) > LONGEST:
            notes.append(_("{number}太长，没有收，请核对是否漏了后面的条号。").format(number=number))
        else:
            kept[number] = words
    return tuple(sorted(kept.items()))


def _head(text: str) -> str:
    """Return what stands before the first article."""
    return text[: text.find("第一条")] if "第一条" in text else text[:1000]


def _version(text: str) -> date | None:
    """Return the day the text says it applies from, else the last day it names before its first article.

    Of a corrected text only what its head says behind the last correction: the last article and the days of
    the decisions are no day this version applies from.
    """
    head = _head(text)
    corrections = list(_CORRECTED.finditer(head))
    if corrections:
        match = _IN_FORCE.search(head, corrections[-1].end())
    else:
        match = _IN_FORCE.search(text) or next(reversed(list(_DAY.finditer(head))), None)
    if match is None:
        return None
    try:
        return date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        return None
