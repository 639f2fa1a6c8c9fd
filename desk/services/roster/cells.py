"""Reads single cells of a roster: name, levels, birth, constituency, remark. Guesses nothing."""

import re
from dataclasses import dataclass
from datetime import date

from desk.rules import labels, names
from desk.rules.width import half_width
from desk.text import _

LEVELS = tuple(labels.MANDATE_LEVEL[code] for code in sorted(labels.MANDATE_LEVEL))

# Longest spelling first; `filler` are the words of a levels cell that carry no level.
_LEVEL_WORDS = re.compile(
    r"(?P<nation>全国)|(?P<county>县级市|自治县|县\(市、?区\)|县|区|旗)"
    r"|(?P<city>自治州|设区的?市|地级市|市|州)|(?P<province>自治区|直辖市|省)"
    r"|(?P<town>乡\(镇\)|镇\(乡\)|乡镇|民族乡|乡|镇)"
    r"|(?P<filler>(?:街道)?议政代表|人民代表大会代表|人大代表|人民代表|代表|人大|[一两二三四五]?级|[()、,/;.&+\-·和与及兼])"
)
_LEVEL_OF = dict(zip(("nation", "province", "city", "county", "town"), LEVELS, strict=True))

_DAY = re.compile(r"(\d{4})[年\-./](\d{1,2})[月\-./](\d{1,2})日?|(\d{4})(\d{2})(\d{2})")
_MONTH = re.compile(r"(\d{4}|\d{2})[年\-./](\d{1,2})月?|(\d{4})(\d{2})")
_LOST_ZERO = re.compile(r"(\d{4}|\d{2})\.1")
_YOUNGEST, _OLDEST = 18, 110  # nobody is elected under 18

_DEPARTED = re.compile(
    r"调离|调出|调走|离任|离职|辞职|辞去|罢免|去世|病故|病逝|亡故|已故|迁出|不再担任|资格终止|终止.{0,2}资格"
)
_NOT_YET = re.compile(r"[未拟待将无]|可能|申请|是否")
_BRACKETS = re.compile(r"\(([^()]*)\)")
# Beside other cells only what can never be a name; a line of its own is a title at the first hint.
_NEVER_A_NAME = re.compile(r"[0-9]|^(?:合计|总计|小计|共计|备注|注:)|^第.+(?:选区|代表团|小组)$")
_TITLE = re.compile(r"合计|总计|小计|共计|备注|说明|填表|制表|审核|选区|代表|人大|小组|名单|单位|、|:")
_SEX = {"男": "1", "女": "2"}


@dataclass(frozen=True)
class NameCell:
    """A cell of names taken apart; `notes` are the words in brackets that are no sex and no people."""

    check: names.NameCheck
    sex: str
    ethnicity: str
    notes: tuple[str, ...]


def read_name(text: str) -> NameCell:
    """Return the cleaned name and what stood in brackets behind it, as in 李某（女，回族）."""
    plain = half_width(text)
    words = [word.strip() for inner in _BRACKETS.findall(plain) for word in re.split(r"[,、;\s]+", inner)]
    sex = next((_SEX[word] for word in words if word in _SEX), "")
    ethnicity = next((word for word in words if word.endswith("族")), "")
    notes = tuple(word for word in words if word and word not in _SEX and word != ethnicity)
    # Without brackets the text goes on untouched: the name rules must see the original separators.
    bare = _BRACKETS.sub("", plain) if words else text
    return NameCell(names.check_name(bare), sex, ethnicity, notes)


def is_no_name(name: str, *, alone: bool) -> bool:
    """Say whether a text in the column of names is a total or a title; `alone`: its line has no more."""
    plain = half_width(name)
    return bool(_NEVER_A_NAME.search(plain) or (alone and _TITLE.search(plain)))


def read_levels(text: str) -> tuple[tuple[str, ...], str]:
    """Return the levels named in a cell from high to low (ZD-01) and what of it was not understood."""
    plain = re.sub(r"\s+", "", half_width(text))
    words = {match.lastgroup for match in _LEVEL_WORDS.finditer(plain)}
    found = {_LEVEL_OF[word] for word in words if word in _LEVEL_OF}
    return tuple(level for level in LEVELS if level in found), _LEVEL_WORDS.sub("", plain)


def level_of_title(title: str) -> tuple[str, str]:
    """Return (level, term) of the congress a title names, as in 镇第十九届人民代表大会; "" where silent."""
    match = re.search(
        r"(全国|省|自治区|市|州|县|区|旗|乡|镇)(第[一二三四五六七八九十\d]+届)?(?:人民代表大会|人大)", title
    )
    if not match:
        return "", ""
    levels, _rest = read_levels(match[1])
    return (levels[0] if levels else ""), match[2] or ""


def read_birth(text: str, today: date) -> tuple[date | None, str]:
    """Return the day of birth and a doubt; where only the month is known the day is the first of it.

    A year of two digits gets the century that makes a deputy of 18 to 110 years on `today`.
    """
    plain = re.sub(r"\s|生$", "", half_width(text))
    if not plain:
        return None, ""
    if _LOST_ZERO.fullmatch(plain):
        return None, _("出生年月“{text}”可能是 1 月，也可能是 10 月，没有导入。").format(text=text)
    match = _DAY.fullmatch(plain) or _MONTH.fullmatch(plain)
    year, month, *rest = [part for part in match.groups() if part] if match else ["", ""]
    centuries = ("19", "20") if len(year) == 2 else ("",)
    days = [_day(century + year, month, *rest) for century in centuries if year]
    fitting = [day for day in days if day and _YOUNGEST <= _age(day, today) <= _OLDEST]
    if fitting:
        return fitting[0], ""
    return None, _("出生年月“{text}”看不懂或不合理，没有导入。").format(text=text)


def read_sex(text: str) -> str:
    """Return the code of GB/T 2261.1, "0" if the cell is empty or says something else."""
    return _SEX.get(re.sub(r"\s|性$", "", text), "0")


def read_ethnicity(text: str) -> str:
    """Return the people's full name: 汉 and 汉 族 are 汉族."""
    plain = re.sub(r"\s+", "", text)
    return plain if not plain or plain.endswith("族") else plain + "族"


def read_constituency(text: str) -> str:
    """Return a constituency without blanks; a bare number n is 第n选区."""
    plain = re.sub(r"\s+", "", half_width(text)).replace("(", "（").replace(")", "）")
    return _("第{number}选区").format(number=plain) if plain.isdecimal() else plain


def names_electing_unit(text: str) -> bool:
    """Say whether a text names a congress that elects, not a constituency (ZD-02)."""
    return bool(re.search(r"人大|人民代表大会|军人代表", text))


def read_departed(text: str) -> tuple[bool, bool]:
    """Return (departed, doubtful) of a remark such as 已调离; 拟调离 is doubtful and not departed (ZD-04)."""
    hits = [
        _NOT_YET.search(text[max(0, hit.start() - 4) : hit.start()]) is None
        for hit in _DEPARTED.finditer(text)
    ]
    return any(hits), bool(hits) and not any(hits)


def _day(year: str, month: str, day: str = "1") -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def _age(born: date, today: date) -> int:
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day))
