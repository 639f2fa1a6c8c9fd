"""Personal names: cleaning, separators, length, surnames and doubtful characters (domain.md §11)."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from desk.rules.width import half_width

SEPARATOR = "·"  # U+00B7, the only one (NM-01)
MAX_LENGTH = 50  # code points (NM-02)

_SURNAMES = """
欧阳 上官 司马 诸葛 夏侯 皇甫 尉迟 公孙 慕容 令狐 宇文 长孙 司徒 司空 端木 南宫 东方 独孤 轩辕 呼延 赫连
澹台 公冶 宗政 濮阳 淳于 单于 太叔 申屠 仲孙 钟离 鲜于 闾丘 亓官 万俟 拓跋 百里 东郭 西门 第五 乐正 漆雕
壤驷 公西 巫马 公良 谷梁 段干 子车 左丘 梁丘 羊舌 微生 颛孙 完颜 耶律 纳兰 叶赫那拉 爱新觉罗 贺兰 哥舒 屈突
"""
COMPOUND_SURNAMES = frozenset(_SURNAMES.split())
_LONGEST_SURNAME = max(map(len, COMPOUND_SURNAMES))

_PRIVATE = "\ue000-\uf8ff\U000f0000-\U0010fffd"  # stands for a Han character until it is replaced (NM-08)
_HAN = rf"\u3005-\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff{_PRIVATE}"
# · and what stands for it: • ‧ ・ ･ ． . ᛫ (NM-01)
_SEPARATORS = "\u00b7\u2022\u2027\u30fb\uff65\uff0e.\u16eb"
_SEPARATOR_BETWEEN_HAN = re.compile(rf"(?<=[{_HAN}])\s*[{_SEPARATORS}]\s*(?=[{_HAN}])")
_SIGNS = frozenset(_SEPARATORS)
_PLAIN_HAN = re.compile("[\u4e00-\u9fff]*")
_HAS_HAN = re.compile(f"[{_HAN}]")


@dataclass(frozen=True)
class NameCheck:
    """A name as stored (`clean`) and as compared (`key`), what is doubtful and, if it cannot be used, why.

    The raw input is the caller's to keep (NM-07). `problem` is "" for a usable name.
    """

    clean: str
    key: str
    doubts: tuple[str, ...] = ()
    problem: str = ""


def check_name(text: str) -> NameCheck:
    """Clean a typed or imported name and say what is doubtful or wrong with it (NM-01, 02, 06, 07, 08)."""
    if 1 < len(text) <= MAX_LENGTH and _PLAIN_HAN.fullmatch(text):
        # Nearly every name; the looks at each of its characters took longer than the rest of a form.
        return NameCheck(text, text)
    visible = _without_invisible(text)
    clean = _cleaned(visible)
    problem = _problem(clean)
    if problem:
        return NameCheck(clean, name_key(clean), (), problem)
    doubts = []
    if visible != text:
        doubts.append("姓名里有看不见的控制字符，已去掉，请核对。")
    private = private_use(clean)
    if private:
        codes = "、".join(f"U+{ord(character):04X}" for character in private)
        doubts.append(
            f"姓名里有自造字（{codes}），别的电脑上会显示成别的字，请对照证件换成标准字或附上证件照片。"
        )
    strange = _strange(clean)
    if strange:
        doubts.append(f"姓名里有不常见的符号“{'、'.join(strange)}”，请核对。")
    if len(clean) == 1:
        doubts.append("姓名只有一个字，请核对。")
    return NameCheck(clean, name_key(clean), tuple(doubts))


def normalise_separators(text: str) -> str:
    """Return the name with each separator between Han segments as · U+00B7, no blanks around it (NM-01)."""
    # Words of a record hardly ever hold one, and to look for it between Han takes long.
    return text if _SIGNS.isdisjoint(text) else _SEPARATOR_BETWEEN_HAN.sub(SEPARATOR, text)


@lru_cache(maxsize=256)
def name_key(text: str) -> str:
    """Return what names are compared by: the cleaned name in NFC, never NFKC (NM-07)."""
    # What is of nothing but common Han characters is clean, and its own NFC.
    if _PLAIN_HAN.fullmatch(text):
        return text
    return unicodedata.normalize("NFC", _cleaned(_without_invisible(text)))


def private_use(text: str) -> tuple[str, ...]:
    """Return the private-use characters of a text in order, each once (NM-08)."""
    return tuple(dict.fromkeys(character for character in text if unicodedata.category(character) == "Co"))


def split_surname(name: str) -> tuple[str, str]:
    """Return (surname, given name) of a Han name, compound surnames longest first (§11).

    Only a proposal: the surname stays editable. A name with a separator or without Han has none: ("", name).
    """
    if SEPARATOR in name or not _HAS_HAN.match(name):
        return "", name
    for length in range(_LONGEST_SURNAME, 1, -1):
        if len(name) > length and name[:length] in COMPOUND_SURNAMES:
            return name[:length], name[length:]
    return name[:1], name[1:]


def _without_invisible(text: str) -> str:
    """Drop control, bidi and zero-width characters; line breaks and tabs are blanks and stay."""
    return "".join(
        character
        for character in text
        if character.isspace() or unicodedata.category(character) not in {"Cc", "Cf"}
    )


def _cleaned(text: str) -> str:
    name = normalise_separators(half_width(text).strip())
    # A Han name is padded with blanks to line up in tables; a Latin name is held apart by them.
    return re.sub(r"\s+", "" if _HAS_HAN.search(name) else " ", name)


def _strange(name: str) -> tuple[str, ...]:
    """Return the characters a name should not have, a separator at its edge included, each once."""
    inner = name.strip(SEPARATOR)
    edge = (SEPARATOR,) if inner != name else ()
    signs = SEPARATOR if _HAS_HAN.search(name) else f"{SEPARATOR} -'’."
    odd = (character for character in inner if character not in signs and not _is_letter(character))
    return tuple(dict.fromkeys((*edge, *odd)))


def _is_letter(character: str) -> bool:
    # The Han ranges first: ideographs newer than this Python's tables have no category yet (NM-03).
    return bool(_HAS_HAN.match(character)) or unicodedata.category(character)[0] in "LM"


def _problem(name: str) -> str:
    if not name:
        return "请填写姓名。"
    if any(0xD800 <= ord(character) <= 0xDFFF for character in name):
        return "姓名里有残缺的字，请重新输入。"
    if len(name) > MAX_LENGTH:
        return f"姓名最多 {MAX_LENGTH} 个字，现在是 {len(name)} 个字。"
    return ""
