"""Which part of a shown text matched what was typed into a search box (tech.md §4).

Works on what is shown: a starred name has nothing to mark where its stars are.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import accumulate

from desk.rules.grams import as_searched
from desk.rules.pinyin import readings

Mark = tuple[int, int]
"""(start, length) in characters."""

_JOINERS = r"[-·\s]*"
_RUN = re.compile(r"[0-9a-z]+|[^\W0-9a-z_]+")
_LETTERS = re.compile(r"[a-z]+")
_PAIR = 2


def marks(text: str, typed: str, *, name: str = "") -> tuple[Mark, ...]:
    """Return the parts of `text` that match, in order, none over another.

    `name` is the personal name at the beginning of `text`: letters typed are also looked for in its initials
    and syllables.
    """
    found = {mark for run in _runs(typed) for mark in _marks_of(text, run, name)}
    return tuple(_apart(sorted(found, key=lambda mark: (mark[0], -mark[1]))))


@lru_cache(maxsize=8)
def _runs(typed: str) -> tuple[str, ...]:
    return tuple(_RUN.findall(as_searched(typed)))


def _marks_of(text: str, run: str, name: str) -> Iterator[Mark]:
    """Yield where the run stands, separators between its characters allowed, else where a pair of it does."""
    whole = list(_standing(text, run))
    if not whole and not run.isascii() and len(run) > _PAIR:
        pairs = (run[at : at + _PAIR] for at in range(len(run) - 1))
        whole = [mark for pair in pairs for mark in _standing(text, pair)]
    yield from whole
    if _LETTERS.fullmatch(run):
        yield from _spoken(name, run)


def _standing(text: str, run: str) -> Iterator[Mark]:
    # Most texts that are looked at do not hold it; what has two cases may stand there in either.
    if run[0] not in text and run[0] == run[0].upper():
        return
    for match in _pattern(run).finditer(text):
        yield match.start(), match.end() - match.start()


@lru_cache(maxsize=64)
def _pattern(run: str) -> re.Pattern[str]:
    return re.compile(_JOINERS.join(map(re.escape, run)), re.IGNORECASE)


def _spoken(name: str, letters: str) -> Iterator[Mark]:
    """Yield the characters whose initials or syllables were typed, where each of them is one syllable."""
    known = readings(name)
    places = [at for at, character in enumerate(name) if character.isalpha()]
    for initials in known.initials:
        first = initials.find(letters)
        if first >= 0 and len(initials) == len(places):
            yield _between(places, first, first + len(letters))
            return
    for spelling in known.syllables:
        syllables = spelling.split()
        for start in range(len(syllables) if len(syllables) == len(places) else 0):
            if "".join(syllables[start:]).startswith(letters):
                reached = accumulate(map(len, syllables[start:]))
                count = next(n for n, length in enumerate(reached, 1) if length >= len(letters))
                yield _between(places, start, start + count)
                return


def _between(places: list[int], first: int, end: int) -> Mark:
    return places[first], places[end - 1] + 1 - places[first]


def _apart(sorted_marks: list[Mark]) -> Iterator[Mark]:
    """Join marks that touch or overlap."""
    current: Mark | None = None
    for start, length in sorted_marks:
        if current is not None and start <= sum(current):
            current = current[0], max(sum(current), start + length) - current[0]
            continue
        if current is not None:
            yield current
        current = start, length
    if current is not None:
        yield current
