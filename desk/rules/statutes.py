"""The small library for citing: names of statutes, articles with a few words on each, and version dates.

Facts only; full texts are the station's to import. One key, law and article, cites article and version, so
that a sheet printed years later still says which version was meant.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import total_ordering
from typing import Final, NoReturn

from desk.errors import InputProblem
from desk.rules.numerals import han_number, official_date, parse_han_number
from desk.rules.width import half_width

SCHEMA: Final = 1
"""Version of the file format of a statute."""

COUNTRY: Final = "中华人民共和国"
_FIELDS: Final = frozenset({"schema", "name", "short", "organ", "published", "in_force", "total", "articles"})
_NUMERAL = "〇零一二三四五六七八九十百千"
_KEY = re.compile(r"([1-9][0-9]{0,3})(?:-([1-9][0-9]?))?")
# 第二百七十六条之一, 188条, 188, 276-1; bare Han numerals only with 条, for 一般保证 is no number.
_IN_WORDS = re.compile(rf"第?([0-9]{{1,4}}|[{_NUMERAL}]+)条(?:之([{_NUMERAL}]+|[0-9]{{1,2}}))?")
# 第二款第三项, 第（三）项; without 第 only right behind 条 or 款, for 122款 says nothing certain.
_PLACE = re.compile(
    rf"(.+?)(?:(?:第|(?<=条))([0-9]{{1,2}}|[{_NUMERAL}]+)款)?"
    rf"(?:(?:第|(?<=[条款]))\(?([0-9]{{1,2}}|[{_NUMERAL}]+)\)?项)?"
)
_BARE = re.compile(rf"(?<![0-9-])([0-9]{{1,4}})(?:-([0-9]{{1,2}})|之([{_NUMERAL}]+))?(?![0-9-])")


@total_ordering
@dataclass(frozen=True)
class Number:
    """The number of an article: 188, or 276 之 1."""

    main: int
    sub: int = 0

    @property
    def key(self) -> str:
        """Return the stored spelling: 188, 276-1."""
        return f"{self.main}-{self.sub}" if self.sub else str(self.main)

    def __str__(self) -> str:
        after = f"之{han_number(self.sub)}" if self.sub else ""
        return f"第{han_number(self.main)}条{after}"

    def __lt__(self, other: "Number") -> bool:
        return (self.main, self.sub) < (other.main, other.sub)


@dataclass(frozen=True)
class Place:
    """Where a rule stands in a law: an article, and its paragraph (款) and item (项) if they are named."""

    number: Number
    paragraph: int = 0
    item: int = 0

    @property
    def key(self) -> str:
        """Return the stored spelling: 188, 276-1, 12第二款第三项."""
        return f"{self.number.key}{self._part}"

    def __str__(self) -> str:
        return f"{self.number}{self._part}"

    @property
    def _part(self) -> str:
        named = ((self.paragraph, "款"), (self.item, "项"))
        return "".join(f"第{han_number(count)}{what}" for count, what in named if count)


@dataclass(frozen=True)
class Article:
    """One article with its subject in a few words; "" for an article the library only knows to exist.

    `words` is its full text, "" if the station imported none.
    """

    number: Number
    subject: str = ""
    words: str = field(default="", repr=False)


@dataclass(frozen=True)
class Law:
    """One statute in one version.

    `published` is the day this version was made known, `in_force` when it applies (None where the library is
    not sure); `total` is how many articles it has.
    """

    code: str
    name: str
    short: str
    organ: str
    published: date
    in_force: date | None
    total: int
    articles: tuple[Article, ...]

    @property
    def version_on(self) -> date:
        """Return the day that names the version: in force if known, else published."""
        return self.in_force or self.published

    @property
    def version(self) -> str:
        """Return 2021年1月1日施行, or 2025年3月11日公布."""
        return f"{official_date(self.version_on)}{'施行' if self.in_force else '公布'}"

    def holds(self, number: Number) -> bool:
        """Tell whether this version has such an article."""
        known = any(found.number == number for found in self.articles)
        return known or (not number.sub and 1 <= number.main <= self.total)

    def article(self, number: Number) -> Article:
        """Return an article, without subject if only its number is known.

        Raises InputProblem when the law has no such article.
        """
        for found in self.articles:
            if found.number == number:
                return found
        if not self.holds(number):
            raise InputProblem(
                f"《{self.short}》没有{number}。",
                way_out=f"这部法共 {self.total} 条，请核对。",
                field="article",
            )
        return Article(number)


@dataclass(frozen=True)
class Found:
    """One hit of a search; `article` is None when the law itself was meant."""

    law: Law
    article: Article | None


def cite(law: Law, number: Number) -> str:
    """Return 《中华人民共和国民法典》第一百八十八条（2021年1月1日施行）.

    Raises InputProblem when the law has no such article.
    """
    return f"《{law.name}》{law.article(number).number}（{law.version}）"


def cite_typed(name: str, place: Place | Number | None, version_on: date | None = None) -> str:
    """Return the citation of a law or local rule that is not in the library, as it was typed.

    Raises InputProblem without a name.
    """
    bare = name.strip().strip("《》").strip()
    if not bare:
        raise InputProblem("请填写法律、法规的名称。", field="law")
    version = f"（{official_date(version_on)}施行）" if version_on else ""
    return f"《{bare}》{place or ''}{version}"


def parse_number(text: str) -> Number:
    """Read the number of an article: 188, 276-1, 第一百八十八条, 第二百七十六条之一.

    Raises InputProblem for anything else.
    """
    bare = re.sub(r"\s", "", half_width(text))
    match = _IN_WORDS.fullmatch(bare) or _BARE.fullmatch(bare)
    number = _number(match) if match else None
    if number is None:
        raise InputProblem(
            f"“{text.strip()}”不是条文的编号。", way_out="请写成 188 或者 第一百八十八条。", field="article"
        )
    return number


def parse_place(text: str) -> Place:
    """Read where a rule stands: an article as `parse_number` does, with 第×款第×项 behind it or not.

    Raises InputProblem for anything else.
    """
    match = _PLACE.fullmatch(re.sub(r"\s", "", half_width(text)))
    article, paragraph, item = match.groups() if match else (text, None, None)
    counts = [_value(each) if each else 0 for each in (paragraph, item)]
    if (paragraph and not counts[0]) or (item and not counts[1]):
        article = text
    try:
        return Place(parse_number(article), counts[0] or 0, counts[1] or 0)
    except InputProblem as problem:
        raise InputProblem(
            f"“{text.strip()}”不是条文的编号。",
            way_out="请写成 188、第一百八十八条 或者 第十二条第二款第三项。",
            field="article",
        ) from problem


def search(laws: Sequence[Law], words: str, limit: int = 20) -> tuple[Found, ...]:
    """Find articles by law, number and words of the subject, in any order: 民法典 188, 工伤 认定, 高空抛物.

    A law named whole comes first, then subjects that begin with a word, then other subjects, then full texts
    that hold the words, then the order of the library.
    Without a number or a word of a subject the laws themselves are found.
    """
    number, tokens = _asked(words)
    if number is None and not tokens:
        return ()
    ranked: list[tuple[int, int, Found]] = []
    for law in laws:
        names = (law.name, law.short)
        rest = [token for token in tokens if not any(token in name for name in names)]
        whole = 0 if any(token in names for token in tokens) else 1
        if not rest and number is None:
            ranked.append((whole, -1, Found(law, None)))
        for article in _articles(law, number, named=len(rest) < len(tokens)):
            if all(token in article.subject for token in rest):
                begins = 0 if any(article.subject.startswith(token) for token in rest) else 1
                ranked.append((whole, begins, Found(law, article)))
            elif all(token in article.words or token in article.subject for token in rest):
                ranked.append((whole, 2, Found(law, article)))
    ranked.sort(key=lambda row: row[:2])
    return tuple(found for _whole, _begins, found in ranked[:limit])


def from_content(code: str, content: Mapping[str, object]) -> Law:
    """Check the parsed content of a statute's file and return the law.

    Raises InputProblem naming the file and what is wrong: an unknown item, a missing version date, articles
    out of order or beyond the law's end.
    """
    for name in content:
        if name not in _FIELDS:
            _refuse(code, f"有不认识的项目“{name}”")
    if content.get("schema") != SCHEMA:
        _refuse(code, "格式版本号（schema）不对")
    total = content.get("total")
    if not isinstance(total, int) or isinstance(total, bool) or total < 1:
        _refuse(code, "没有写总条数（total）")
    published, in_force = _day(code, content, "published"), _day(code, content, "in_force")
    if published is None:
        _refuse(code, "没有写公布日期（published）")
    if in_force is not None and in_force < published:
        _refuse(code, "施行日期早于公布日期")
    articles = tuple(_read_articles(code, content.get("articles"), total))
    name, short, organ = (_text(code, content, field) for field in ("name", "short", "organ"))
    return Law(code, name, short, organ, published, in_force, total, articles)


def newest(laws: Iterable[Law]) -> tuple[Law, ...]:
    """Return the laws with only the newest version of each name, in the order the names first appear."""
    kept: dict[str, Law] = {}
    for law in laws:
        if law.name not in kept or law.version_on >= kept[law.name].version_on:
            kept[law.name] = law
    return tuple(kept.values())


def _asked(words: str) -> tuple[Number | None, list[str]]:
    """Take the number out of what was typed; the rest are words."""
    text = half_width(words)
    number = None
    match = _IN_WORDS.search(text) or _BARE.search(text)
    if match:
        number = _number(match)
        if number is not None:
            text = f"{text[: match.start()]} {text[match.end() :]}"
    text = re.sub(r"[《》“”,，、。;；]", " ", text)
    return number, [token for token in text.split() if token]


def _number(match: re.Match[str]) -> Number | None:
    after = next((group for group in match.groups()[1:] if group), "")
    main, sub = _value(match[1]), _value(after) if after else 0
    return Number(main, sub) if main and sub is not None else None


def _value(text: str) -> int | None:
    return int(text) if text.isdecimal() else parse_han_number(text)


def _articles(law: Law, number: Number | None, *, named: bool) -> tuple[Article, ...]:
    """Articles to look at: all, or those of a number; one without subject only if the law was named."""
    if number is None:
        return law.articles
    found = tuple(article for article in law.articles if article.number == number)
    if found or not named or number.sub or not 1 <= number.main <= law.total:
        return found
    return (Article(number),)


def _read_articles(code: str, content: object, total: int) -> Iterable[Article]:
    if not isinstance(content, Mapping):
        _refuse(code, "没有写条文（articles）")
    last = Number(0)
    for key, subject in content.items():
        match = _KEY.fullmatch(str(key))
        if not match:
            _refuse(code, f"条文编号“{key}”不对")
        number = Number(int(match[1]), int(match[2] or 0))
        if not last < number or number.main > total:
            _refuse(code, f"{number}的次序不对")
        if not isinstance(subject, str) or not subject.strip():
            _refuse(code, f"{number}没有写内容")
        last = number
        yield Article(number, subject.strip())


def _text(code: str, content: Mapping[str, object], field: str) -> str:
    value = content.get(field)
    if not isinstance(value, str) or not value.strip():
        _refuse(code, f"没有写“{field}”")
    return value.strip()


def _day(code: str, content: Mapping[str, object], field: str) -> date | None:
    value = content.get(field)
    if value is None:
        return None
    if not isinstance(value, date) or isinstance(value, datetime):
        _refuse(code, f"日期“{field}”应写成 2021-01-01 这样")
    return value


def _refuse(code: str, reason: str) -> NoReturn:
    raise InputProblem(f"条文库文件“{code}”：{reason}。", field=code)
