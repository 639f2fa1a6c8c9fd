"""Initials and syllables of a name as clerks type them, surname readings included (domain.md §11)."""

import gc
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import chain
from types import ModuleType

from desk.rules.names import SEPARATOR, name_key, split_surname

# Readings of the first syllable, by surname, the usual one first (§11).
_OVERRIDES = """
单:shan 仇:qiu 解:xie 曾:zeng 查:zha 朴:piao 区:ou 盖:ge 乐:yue 乐正:yue 种:chong 繁:po 缪:miao 翟:zhai
员:yun 折:she 召:shao 黑:he 秘:bi 祭:zhai 覃:qin/tan 隗:wei/kui 洗:xian 郇:xun/huan 佴:nai 乜:nie 阚:kan
能:nai 句:gou 粘:nian 重:chong 参:shen 都:du 角:jue 省:xing 适:kuo 蕃:pi 六:lu 降:xiang 藏:zang
"""
_SURNAME_READINGS = {
    surname: spellings.split("/")
    for surname, _, spellings in (entry.partition(":") for entry in _OVERRIDES.split())
}
# Characters whose reading in names the library puts second.
_NAME_READINGS = {"𬘭": "chen", "卜": "bu"}
_PAIR = 2  # most given names
_V = re.compile(r"(?<=[ln])(?:ü|yu)")
# Characters that neither are marks nor come apart into any; most texts have no others.
_WITHOUT_MARKS = re.compile("[\x00-\x7f\u2013-\u2026\u3001-\u3017\u4e00-\u9fff\uff01-\uff5e]*")
# Han and other letters one by one, Latin by words; newer planes by number, Python may not know them yet.
_UNIT = re.compile(r"[A-Za-z]+|[^\W\d_A-Za-z]|[\ue000-\uf8ff\U00020000-\U0010ffff]")


@dataclass(frozen=True)
class Readings:
    """How a name may be typed.

    `initials` are alternatives ("oyx"), `syllables` the same with blanks between ("ou yang xiu"), the
    likeliest first. `unknown` are the characters without a reading: they are left out, the clerk fills in the
    initials by hand.
    """

    initials: tuple[str, ...] = ()
    syllables: tuple[str, ...] = ()
    unknown: str = ""


@lru_cache(maxsize=4096)
def readings(name: str) -> Readings:
    """Return every way to type a name: all readings of its first character, the usual ones of the rest (§11).

    "·" is dropped, a Latin word counts as one syllable, ü is written v.
    """
    key = name_key(name)
    units = _UNIT.findall(without_marks(key))
    usual = _usual(key)
    if not units:
        return Readings()
    rest = [syllable for syllable in usual[1:] if syllable]
    first = _first_syllables(key, units[0], usual[0])
    spellings = [[syllable, *rest] for syllable in first] or [rest]
    return Readings(
        initials=_distinct("".join(syllable[0] for syllable in spelling) for spelling in spellings),
        syllables=_distinct(" ".join(spelling) for spelling in spellings),
        unknown="".join(unit for unit, syllable in zip(units, usual, strict=True) if not syllable),
    )


def plain_spelling(letters: str) -> str:
    """Return typed pinyin in one spelling: lower case, lü = lyu = lv, nü = nyu = nv, no accents (§11)."""
    text = unicodedata.normalize("NFC", letters).lower()
    if "yu" in text or "ü" in text:
        text = _V.sub("v", text)
    return text if text.isascii() else without_marks(text)


def without_marks(text: str) -> str:
    """Return the text without accents and other marks: José → Jose."""
    if _WITHOUT_MARKS.fullmatch(text):
        return text
    return "".join(c for c in unicodedata.normalize("NFD", text) if unicodedata.category(c)[0] != "M")


@cache
def _library() -> ModuleType:
    """Return pypinyin, imported on first use: it takes 0.2 s."""
    # A collection over its dictionaries while they are made would hold every thread for that long.
    usual = gc.isenabled()
    gc.disable()
    try:
        import pypinyin

        # They stay: the next one would go through all of them, young as they are.
        gc.freeze()
    finally:
        if usual:
            gc.enable()
    return pypinyin


def _usual(name: str) -> list[str]:
    """Return one syllable a unit, "" where none is known.

    Surname and given name go to the library as separate words, so that 万俟 is moqi whatever follows.
    """
    surname, given = split_surname(name)
    syllables: list[str] = []
    for part in (surname, *given.split(SEPARATOR)):
        units = _UNIT.findall(without_marks(part))
        spelt = iter(_spelt("".join(unit for unit in units if not unit.isascii())))
        syllables += [
            unit.lower() if unit.isascii() else _NAME_READINGS.get(unit, next(spelt)) for unit in units
        ]
    return syllables


def _spelt(han: str) -> Iterable[str]:
    """Return the usual syllable of each sign of a surname or given name, "" where none is known.

    Two signs that are no word the library knows are read one by one: of these there are few, of pairs many,
    and a station's first round brings thousands of names.
    """
    if len(han) == _PAIR and han not in _library().constants.PHRASES_DICT:
        return chain(_read(han[0]), _read(han[1]))
    return _read(han)


@lru_cache(maxsize=4096)
def _read(word: str) -> tuple[str, ...]:
    library = _library()
    items = library.lazy_pinyin([word], style=library.Style.NORMAL) if word else []
    # The library hands characters it does not know back in one piece.
    return tuple(chain.from_iterable([item] if item.isascii() else [""] * len(item) for item in items))


@lru_cache(maxsize=1024)
def _every(character: str) -> tuple[str, ...]:
    library = _library()
    every = library.pinyin(character, style=library.Style.NORMAL, heteronym=True, errors="ignore")
    return tuple(every[0]) if every else ()


def _first_syllables(name: str, first: str, usual: str) -> list[str]:
    """Return all readings of the first unit, the surname's before the others."""
    if first.isascii():
        return [usual]
    surname = split_surname(name)[0] or first
    alternatives = (*_SURNAME_READINGS.get(surname, ()), usual, *_every(first))
    # One of the library's readings of 欸 bears its accent still.
    return [syllable for syllable in dict.fromkeys(map(without_marks, alternatives)) if syllable]


def _distinct(spellings: Iterable[str]) -> tuple[str, ...]:
    return tuple(spelling for spelling in dict.fromkeys(spellings) if spelling)
