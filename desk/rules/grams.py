"""Search terms of records and of what is typed into a search box (tech.md §4, NM-10).

One FTS5 column with `detail=none` holds the terms of a record, a query is its terms joined by AND. Every
term is a single unicode61 token of Han characters, a–z and 0–9 only, so it may be quoted without a thought:

    张, 张三     one and two Han characters (any other script: x + code point)
    pzs, pzhan   letters: pinyin initials, the beginning of syllables, the beginning of a Latin word
    d1380, d003  digits: four neighbours of a phone, number or code; its last three; or a whole shorter run
    i1101…       a whole identity number; of parts only the last four, or searching could guess it

Letters share one prefix because terms are joined by AND: "li" may be 李 or the initials of two syllables.
"""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import pairwise, takewhile
from operator import add

from desk.rules.identity import normalise_id
from desk.rules.names import name_key, normalise_separators
from desk.rules.phones import normalise
from desk.rules.pinyin import plain_spelling, readings
from desk.rules.width import half_width

_GRAM = 4
_TAIL = 3
_LONGEST_LETTERS = 12  # of one term; what is typed beyond that would not narrow a search
_MOST_QUERY_TERMS = 24  # a pasted paragraph is found by its beginning
_IDENTITY = re.compile(r"[0-9]{17}[0-9X]|[0-9]{15}")
_RAW_HAN = re.compile("[\u3007\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff]")
# By number: radicals, private use and planes this Python may not know as letters.
_UNLISTED = "\u2e80-\u2fdf\ue000-\uf8ff\U00020000-\U0010ffff"
_RUN = re.compile(rf"[0-9a-z]+|(?:[^\W0-9a-z_]|[{_UNLISTED}])+")
_PLAIN_RUN = re.compile("[0-9a-z]+")
_HAN_PAIR = re.compile(f"(?=({_RAW_HAN.pattern}{{2}}))")
# Han, ASCII and the signs between sentences: no characters of other scripts, which make terms by number.
_USUAL = re.compile(f"[{_RAW_HAN.pattern[1:-1]}\\x00-\\x7f\u2013-\u2026\u3001-\u3003\u3008-\u3017]*")
_APART = "\0"  # between two texts: no blank, which would belong to a separator beside it
# Separators inside names and hyphens inside numbers hold together what stands on both sides.
_JOINERS = dict.fromkeys(map(ord, "·•‧・･᛫-‐‑"))
# One look over the text for both: to translate each character of it took longer than all its terms.
_FOLDS = {
    each: half_width(each).translate(_JOINERS)
    for each in map(chr, (*_JOINERS, 0x3000, *range(0xFF01, 0xFF5F)))
}
_FOLDED = re.compile(f"[{re.escape(''.join(_FOLDS))}]")


def index_terms(
    *,
    names: Iterable[str] = (),
    initials: Iterable[str] = (),
    phones: Iterable[str] = (),
    numbers: Iterable[str] = (),
    id_numbers: Iterable[str] = (),
    texts: Iterable[str] = (),
) -> tuple[str, ...]:
    """Return the distinct terms of one record, in no order that means anything.

    `names` includes aliases (NM-10), `initials` those typed by hand for a name, `numbers` receipt and spoken
    numbers.
    """
    terms: list[str] = []
    for name in names:
        terms += [*_text_terms(name_key(name)), *_reading_terms(name)]
    for typed in initials:
        terms += _parts("".join(re.findall("[a-z]+", plain_spelling(typed))))
    for code in (*map(normalise, phones), *numbers):
        terms += _code_terms(_alphanumeric(code))
    for id_number in id_numbers:
        terms += _identity_terms(normalise_id(id_number))
    terms += _text_terms(_APART.join(texts))
    return tuple(dict.fromkeys(terms))


@lru_cache(maxsize=8)
def query_terms(text: str) -> tuple[str, ...]:
    """Return the terms a record must all have to match what was typed; () if there is nothing to find.

    Understands one or more Han characters, initials or syllables, the end of a phone or receipt number (three
    digits or more) and a whole identity number; of several parts set apart by blanks each must match.

    Kept for a moment: each shelf of the index is asked for the same.
    """
    identity = normalise_id(text)
    if _IDENTITY.fullmatch(identity):
        return (f"i{identity.lower()}",)
    number = normalise(text)
    runs = [number] if re.fullmatch("[0-9]+", number) else _RUN.findall(as_searched(text))
    terms = dict.fromkeys(term for run in runs for term in _query_run(run))
    return tuple(terms)[:_MOST_QUERY_TERMS]


def code_end(text: str) -> str:
    """Return what was typed if all of it may be the end of a phone or number, four characters or more of it;
    else "". Fewer match nothing but ends.
    """
    typed = normalise(text)
    run = typed if re.fullmatch("[0-9]+", typed) else as_searched(text).strip()
    is_code = _PLAIN_RUN.fullmatch(run) and not run.isalpha() and not _IDENTITY.fullmatch(run.upper())
    return run if is_code and len(run) > _TAIL else ""


def end_term(end: str) -> str:
    """Return the term that whatever ends so has beside those of the query: its last three."""
    return f"d{end[-_TAIL:]}"


def as_searched(text: str) -> str:
    """Return the text as both sides of a search see it: one spelling, half-width, lower case, no joiners."""
    folded = _FOLDED.sub(lambda found: _FOLDS[found[0]], normalise_separators(text))
    return plain_spelling(folded)


def _alphanumeric(code: str) -> str:
    return "".join(re.findall("[0-9a-z]+", half_width(code).lower()))


def _query_run(run: str) -> Iterator[str]:
    if run.isascii() and run.isalpha():
        yield f"p{run[:_LONGEST_LETTERS]}"
    elif run.isascii():
        yield from _windows(run)
    else:
        characters = list(map(_token, run))
        yield from map("".join, pairwise(characters)) if len(run) > 1 else characters


def _text_terms(text: str) -> list[str]:
    # A list, not one by one: a record has hundreds of terms, and they are made at every save.
    searched = as_searched(text)
    if not _USUAL.fullmatch(searched):
        return [term for run in _RUN.findall(searched) for term in _run_terms(run)]
    # Nearly every text: two looks over the whole of it instead of one at each of its dozens of runs.
    terms: list[str] = _RAW_HAN.findall(searched) + _HAN_PAIR.findall(searched)
    for run in _PLAIN_RUN.findall(searched):
        terms += _run_terms(run)
    return terms


def _run_terms(run: str) -> list[str]:
    if run.isascii():
        return _beginnings(run) if run.isalpha() else _code_terms(run)
    characters = list(map(_token, run))
    return [*characters, *map(add, characters, characters[1:])]


@lru_cache(maxsize=1024)
def _reading_terms(name: str) -> tuple[str, ...]:
    """Return what a name may be typed as in letters: parts of the initials, pinyin from any syllable."""
    known = readings(name)
    terms = [term for initials in known.initials for term in _parts(initials)]
    # Readings of the first character share all that follows it.
    whole = [spelling.split() for spelling in known.syllables]
    parts = dict.fromkeys("".join(each[start:]) for each in whole for start in range(len(each)))
    terms += [term for letters in parts for term in _beginnings(letters)]
    return tuple(terms)


def _parts(letters: str) -> Iterator[str]:
    for start in range(len(letters)):
        yield from _beginnings(letters[start:])


def _beginnings(letters: str) -> list[str]:
    """Return "p" + each beginning in plain spelling; each by itself, for "lyu" is typed by way of "ly"."""
    if letters.isascii() and letters.islower() and "lyu" not in letters and "nyu" not in letters:
        return [f"p{letters[:end]}" for end in range(1, min(len(letters), _LONGEST_LETTERS) + 1)]
    spellings = (plain_spelling(letters[:end]) for end in range(1, len(letters) + 1))
    return [f"p{each}" for each in takewhile(lambda spelling: len(spelling) <= _LONGEST_LETTERS, spellings)]


def _code_terms(code: str) -> list[str]:
    tail = [f"d{code[-_TAIL:]}"] if len(code) > _TAIL else []
    return _windows(code) + tail


def _identity_terms(number: str) -> Iterator[str]:
    if _IDENTITY.fullmatch(number):
        yield f"i{number.lower()}"
        yield f"d{number[-_GRAM:].lower()}"


def _windows(code: str) -> list[str]:
    """Return every four neighbours, or the whole of something shorter."""
    starts = range(max(len(code) - _GRAM + 1, 1 if code else 0))
    return [f"d{code[start : start + _GRAM]}" for start in starts]


@lru_cache(maxsize=8192)
def _token(character: str) -> str:
    # Everything but ideographs goes by number: unicode61 would split or fold some of it.
    return character if _RAW_HAN.match(character) else f"x{ord(character):x}"
