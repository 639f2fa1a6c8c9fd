"""Reads single cells of an old ledger: days, visitors, head counts, units, what is done."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from desk.rules import labels
from desk.rules.local_rules import Category
from desk.rules.names import check_name
from desk.rules.width import half_width
from desk.text import _

_FULL = re.compile(r"(\d{4}|\d{2})\s*[年\-./]\s*(\d{1,2})\s*[月\-./]\s*(\d{1,2})(?!\d)")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(?!\d)")
_NO_YEAR = re.compile(r"(\d{1,2})\s*[月\-./]\s*(\d{1,2})\s*[日号]?(?!\d)")
_SERIAL = re.compile(r"[2-6]\d{4}")
_SERIAL_START = date(1899, 12, 30)  # day 0 of a spreadsheet's calendar
_OLDEST = 1980

_HAN = "零一二三四五六七八九十"
_COUNT = re.compile(rf"(\d+|[{_HAN}两]+)\s*(?:多)?\s*(?:余)?\s*(?:人|户|名|位|批)?(?:次)?")
_AND_OTHERS = re.compile(
    rf"(?P<who>.+?)(?:等|及其他|以及)\s*(?P<n>\d+|[{_HAN}两]+)?\s*(?:余|多)?\s*(?:人|户|名|位|村民|居民|群众)*"
)
_NOBODY = re.compile(r"匿名|不愿.*|未?不?留名|未留姓名|无名|不详|未知|[/\-—无]+")
_GROUP = re.compile(r".*(?:群众|村民|居民|业主|住户|商户|学生家长|家长)(?:代表)?")
_BETWEEN = re.compile(r"[、,;/]|\s{2,}")

_DONE = re.compile(r"办结|办成|解决|答复|回复|完成|销号|结案|化解|处理好|处理完|办好|修好|落实到位")
_NOT_DONE = re.compile(r"[未没尚待拟将无]|正在|进行中|继续|争取|预计|计划|协调")
_UNDER_WAY = re.compile(r"办理中|处理中|进行中|跟进|未办|未解决|未处理|待办|在办|正在")
_YES, _NO = ("是", "√", "✓", "已"), ("否", "×", "未")

_UNIT_END = r"(?:[局委办所站院队科股室村镇乡]|中心|公司|社区|居委会|村委会|街道|政府|大队|委员会)"
_UNIT = r"[\u4e00-\u9fff]{1,14}?" + _UNIT_END
_HAND = r"(?:移交|转交|交办|转办|上报|呈报|提交|引导|转|交(?!通)|报|由)(?:给|至|到|由|于)?"
_NEXT = r"(?=[办处牵负核落答研协解调派会同进正已现等帮，。；,;、及和]|$)"
_HANDED = re.compile(rf"{_HAND}(?P<unit>{_UNIT}){_NEXT}")
_WHOLE_UNIT = re.compile(_UNIT)
_LEVELS = (
    ("village", re.compile(r".*(?:村|社区|居委会|村委会|居民委员会|村民委员会)")),
    ("city", re.compile(r"(?:省|.*市(?![场政容民])).*")),
    ("town", re.compile(r".*(?:(?<!城)镇|(?<!城)乡(?!村)|街道|派出所|卫生院|[所站]$).*")),
    ("county", re.compile(r".*(?:县|区|局|委|办|公司|大队|中心|院|政府).*")),
)
_TERM = re.compile(r"(\d+)\s*(?:个)?\s*(天|日|工作日|周|月)(?:内|之内|以内)?")
_APART = (
    (re.compile(r"检举|控告|举报.*(?:贪|受贿|违纪|侵占|干部|书记|主任)|贪污|受贿|行贿"), "检举控告"),
    (re.compile(r"家暴|家庭暴力|殴打妻|殴打老婆"), "家庭暴力"),
    (re.compile(r"一审|二审|判决|上诉|已起诉|法院(?:已)?(?:立案|受理|执行)"), "涉法涉诉"),
)
_SHORTEST_TOPIC = 2
_SHORT = 32  # characters of a subject on the receipt (F-53)
_LEAST = 8  # a shorter beginning says too little


@dataclass(frozen=True)
class Visitor:
    """A cell of names taken apart; `headcount` is 0 where the cell says no number."""

    name: str = ""
    anonymous: bool = False
    companions: tuple[str, ...] = ()
    headcount: int = 0
    doubts: tuple[str, ...] = ()
    problem: str = ""


def read_day(text: str, today: date, year: int) -> tuple[date | None, str]:
    """Return the day a cell names and a doubt; `year` (0: unknown) is that of the line above or the title.

    A day without its year, or one yet to come, is told; what cannot be a day is none.
    """
    plain = half_width(text).strip()
    if not plain:
        return None, ""
    match = _FULL.match(plain) or _COMPACT.match(plain)
    if match:
        given = match[1] if len(match[1]) == 4 else f"20{match[1]}"
        found = _day(int(given), int(match[2]), int(match[3]))
    elif _SERIAL.fullmatch(plain):
        found = _SERIAL_START + timedelta(days=int(plain))
    else:
        found = _without_year(plain, today, year)
        if found is not None:
            return found, _("日期“{text}”没有写年份，按 {year} 年，请核对。").format(
                text=text, year=found.year
            )
    if found is None or found.year < _OLDEST:
        return None, _("日期“{text}”看不懂。").format(text=text)
    if found > today:
        return None, _("日期“{text}”还没有到。").format(text=text)
    return found, ""


def read_visitor(text: str) -> Visitor:
    """Return who came: 王某某, 王某某等5人, 王某、李某, 匿名; a group without a name counts as unnamed."""
    plain = half_width(text).strip()
    others = _AND_OTHERS.fullmatch(plain)
    count = _number(others["n"] or "") if others else 0
    who = others["who"].strip() if others else plain
    if not who:
        return Visitor(anonymous=True, doubts=(_("没有写姓名，按“不愿透露”登记。"),))
    if _NOBODY.fullmatch(who):
        return Visitor(anonymous=True, headcount=count)
    if _GROUP.fullmatch(who):
        doubt = _("“{text}”不是姓名，按“不愿透露”登记。").format(text=text)
        return Visitor(anonymous=True, headcount=count, doubts=(doubt,))
    parts = [part.strip() for part in _BETWEEN.split(who) if part.strip()]
    checks = [check_name(re.sub(r"\((?:男|女)\)", "", part)) for part in parts]
    problem = next((check.problem for check in checks if check.problem), "")
    return Visitor(
        name=checks[0].clean if checks else "",
        companions=tuple(check.clean for check in checks[1:]),
        headcount=max(count, len(checks)) if count or len(checks) > 1 else 0,
        doubts=tuple(doubt for check in checks for doubt in check.doubts),
        problem=problem,
    )


def names_in(text: str) -> tuple[str, ...]:
    """Return the names of a cell, 代表 and what stands in brackets behind them left out."""
    plain = re.sub(r"\([^()]*\)", "", half_width(text))
    parts = (re.sub(r"(?:人大)?代表$", "", part.strip()) for part in re.split(r"[、,;/\s]+", plain))
    return tuple(dict.fromkeys(check_name(part).clean for part in parts if part))


def read_headcount(text: str, most: int) -> tuple[int, str]:
    """Return how many came (0: not said) and a doubt."""
    plain = half_width(text).strip()
    if not plain:
        return 0, ""
    match = _COUNT.fullmatch(plain)
    count = _number(match[1]) if match else 0
    if not 1 <= count <= most:
        return 0, _("人数“{text}”看不懂或不合理，按 1 人，请核对。").format(text=text)
    return count, ""


def read_kind(text: str) -> str:
    """Return the code of the kind of visit; what is not said is 来站."""
    spoken = {"电话": "phone", "走访": "outreach", "上门": "outreach", "约": "appointment", "微信": "wechat"}
    return next((code for word, code in spoken.items() if word in text), "station")


def read_category(text: str, topics: tuple[Category, ...]) -> str:
    """Return the code of a topic, or of its finer word as code/word; "" if the profile has no such word.

    A word may leave characters of a topic out, as 劳动保障 does, if that fits one topic only.
    """
    plain = re.sub(r"\s|类$", "", text)
    if len(plain) < _SHORTEST_TOPIC:
        return ""
    whole = [topic.code for topic in topics if topic.label == plain]
    finer = [f"{topic.code}/{word}" for topic in topics for word in topic.topics if word == plain]
    parts = re.compile(".*".join(map(re.escape, plain)))
    alike = [topic.code for topic in topics if parts.search(topic.label)]
    return next(iter([*whole, *finer, *(alike if len(alike) == 1 else [])]), "")


def read_unit(unit: str, handling: str) -> tuple[str, str]:
    """Return the unit in charge and a doubt where it was only read out of the words about handling."""
    named = re.sub(r"\s+", "", unit).strip("，。；,;、/-—无")
    if named:
        return named, ""
    plain = re.sub(r"\s+", "", half_width(handling)).strip("。")
    match = _HANDED.search(plain)
    if match is None:
        return (plain, "") if _WHOLE_UNIT.fullmatch(plain) else ("", "")
    if match[0] == plain:
        return match["unit"], ""
    return match["unit"], _("承办单位“{unit}”是从处理情况里读到的，请核对。").format(unit=match["unit"])


def level_of(unit: str) -> tuple[str, str]:
    """Return the level (code of labels.LEVEL) a unit belongs to and a doubt where its name does not tell."""
    for level, pattern in _LEVELS:
        if pattern.fullmatch(unit):
            return level, ""
    sentence = _("从“{unit}”看不出级别，按{level}，请核对。")
    return "town", sentence.format(unit=unit, level=labels.LEVEL["town"])


def read_due(text: str, received: date | None, today: date) -> tuple[date | None, str]:
    """Return the day a term ends: a day, or so many days or weeks after the reception; and a doubt."""
    plain = half_width(text).strip()
    if not plain:
        return None, ""
    match = _FULL.match(plain) or _COMPACT.match(plain)
    if match:
        year = int(match[1] if len(match[1]) == 4 else f"20{match[1]}")
        found = _day(year, int(match[2]), int(match[3]))
    elif _SERIAL.fullmatch(plain):
        found = _SERIAL_START + timedelta(days=int(plain))
    else:
        found = _after(plain, received) or _without_year(
            plain, date(today.year, 12, 31), (received or today).year
        )
    return found, "" if found else _("期限“{text}”看不懂，只记在处理情况里。").format(text=text)


def is_closed(result: str, handling: str) -> tuple[bool, str]:
    """Say whether the ledger calls a matter done, and a doubt where its words can be read both ways."""
    plain = re.sub(r"\s+", "", half_width(result))
    if plain.startswith(_NO):
        return False, ""
    if plain in _YES:
        return True, ""
    words = plain or re.sub(r"\s+", "", half_width(handling))
    hits = [
        _NOT_DONE.search(words[max(0, hit.start() - 4) : hit.start()]) is None
        for hit in _DONE.finditer(words)
    ]
    under_way = bool(_UNDER_WAY.search(words))
    if any(hits) and (under_way or not all(hits)):
        return False, _("“{text}”看不出是否办结，按没有办结处理，请核对。").format(text=result or handling)
    return any(hits), ""


def apart(words: str) -> str:
    """Return why a matter should be written down by hand: it is of a kind kept apart (LZ-02, XF-15)."""
    found = next((kind for pattern, kind in _APART if pattern.search(words)), "")
    if not found:
        return ""
    return _("内容像是{kind}，整批导入会让无关的人看到，请用“补录”单独登记。").format(kind=found)


def short(text: str) -> str:
    """Return a subject of at most 32 characters: the first clauses, or what fits (F-53)."""
    line = re.sub(r"\s+", " ", text).strip().rstrip("。.")
    if len(line) <= _SHORT:
        return line
    ends = [match.start() for match in re.finditer(r"[，。；！？,;!?]", line[: _SHORT + 1])]
    return line[: ends[-1]] if ends and ends[-1] >= _LEAST else line[: _SHORT - 1] + "…"


def year_of(text: str) -> int:
    """Return the year a title names, 0 if none."""
    match = re.search(r"(20\d{2})\s*年?", half_width(text))
    return int(match[1]) if match else 0


def _without_year(plain: str, latest: date, year: int) -> date | None:
    match = _NO_YEAR.match(plain)
    if match is None or not year:
        return None
    found = _day(year, int(match[1]), int(match[2]))
    return found if found is not None and found <= latest else None


def _after(plain: str, received: date | None) -> date | None:
    match = _TERM.fullmatch(plain)
    # Months and working days follow rules of their own that a paper ledger does not name.
    if match is None or received is None or match[2] in ("工作日", "月"):
        return None
    return received + timedelta(days=int(match[1]) * (7 if match[2] == "周" else 1))


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _number(text: str) -> int:
    """Return a number of up to 99 in Han, or of up to four digits; 0 for anything else."""
    if text.isascii() and text.isdecimal():
        return int(text[:4])
    plain = text.replace("两", "二")
    if not plain or any(character not in _HAN for character in plain):
        return 0
    tens, ten, ones = plain.rpartition("十")
    if len(tens) > 1 or len(ones) > 1:
        return 0
    return (_HAN.index(tens) if tens else 1) * 10 * bool(ten) + (_HAN.index(ones) if ones else 0)
