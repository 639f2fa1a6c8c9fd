"""The second way a message may travel: as tables under zstd, for a thin line.

It is an encoding of the same bytes (`Content-Encoding: desk-tables, zstd`): what comes out is what went in,
letter by letter, and what would not is not sent so. A hub says in its answers that it reads it
(`Accept-Encoding`, RFC 9110 12.5.3); both sides go on taking messages that are only under zstd.

Ids made one after the other differ in little (`desk/ids.py`). All ids of a message stand in one list, in
runs that count up; elsewhere stands only an id's place in it.

    a line of JSON: how many ids and runs there are, the form of the message, the values that stay as they are
    a line of whole numbers: the moments of the ids, steps and lengths of the runs, the columns of numbers
    ten bytes for each run that does not go on near where one ended
"""

import sys
from array import array
from collections.abc import Iterable, Mapping, Sequence
from itertools import accumulate, chain, repeat
from operator import add
from typing import Final

import orjson

from desk.wire import frame
from desk.wire.codecs import WireError
from desk.wire.reading import Body
from desk.wire.tables import ID_LENGTH, Apart, Together, differences, filled

NAME: Final = "desk-tables"
"""As it stands in Accept-Encoding."""

ENCODING: Final = f"{NAME}, {frame.ENCODING}"
"""As it stands in Content-Encoding."""

_TAIL_LENGTH: Final = 10
_TAIL_BITS: Final = 80
_TAIL: Final = (1 << 80) - 1
_LOWER: Final = (1 << 64) - 1
_NEAR: Final = 1000
_ID_MASK: Final = "~~~~~~~~-~~~~-~~~~-~~~~-~~~~~~~~~~~~"
_OF_NUMBERS: Final = b"-0123456789,"
_WRONG: Final = (ValueError, TypeError, LookupError, OverflowError, AttributeError, RecursionError)


def pack(raw: bytes) -> bytes | None:
    """Pack a message; None if it would not come out again letter by letter."""
    try:
        packed = frame.pack(_fold(raw))
        return packed if orjson.dumps(unpack(packed)) == raw else None
    except _WRONG:
        return None


def unpack(packed: bytes, most: int = frame.MOST_RAW) -> Body:
    """Unpack a message, as it would be read from its JSON, which may have `most` bytes.

    Raises:
        WireError: not zstd, nothing that was ever folded, or too large.
    """
    folded = frame.unpack(packed, most)
    try:
        return _unfold(folded, most)
    except WireError:
        raise
    except _WRONG as error:
        raise WireError("no tables") from error


def _fold(raw: bytes) -> bytes:
    apart = Apart()
    form = apart.take([orjson.loads(raw)])
    ids = sorted({each for column in apart.numbers for each in column if isinstance(each, str)})
    places = {each: place for place, each in enumerate(ids)}
    whole = [int(each.replace("-", ""), 16) for each in ids]
    moments = differences([each >> _TAIL_BITS for each in whole]) if whole else []
    runs, tails = _runs(each & _TAIL for each in whole)
    columns = [moments, *zip(*runs, strict=True), *(_placed(column, places) for column in apart.numbers)]
    numbers = orjson.dumps(list(chain.from_iterable(columns)))[1:-1]
    return b"\n".join([orjson.dumps([len(ids), len(runs), form, apart.values]), numbers, tails])


def _unfold(folded: bytes, most: int) -> Body:
    head, _end, rest = folded.partition(b"\n")
    line, _end, tails = rest.partition(b"\n")
    numbers = orjson.loads(b"[%b]" % line)
    # Of one that is too large for a whole number a fraction was made, and so is the sum.
    if line.translate(None, _OF_NUMBERS) or type(sum(numbers)) is not int:
        raise WireError("not whole numbers")
    said = orjson.loads(head)
    # As the strict reader of JSON: no name twice, no odd spelling, not nested beyond reason.
    if orjson.dumps(said) != head:
        raise WireError("spelled otherwise")
    count, runs, form, values = said
    if not 0 <= runs <= count or len(numbers) < count + 2 * runs:
        raise WireError("ids that are not there")
    if count * ID_LENGTH > most:
        raise WireError("unfolds to too many bytes")
    steps, lengths = numbers[count : count + runs], numbers[count + runs : count + 2 * runs]
    ids = _spelled(numbers[:count], steps, lengths, tails)
    together = Together(numbers[count + 2 * runs :], values, ids, most - len(head))
    (message,) = together.put(form)
    if not together.is_used_up():
        raise WireError("something is left over")
    return message


def _runs(tails: Iterable[int]) -> tuple[list[list[int]], bytes]:
    """Return the runs of ends of ids that count up, and those ends that are near to no other.

    A run: how far its first is from the last of the run before, nought where it is one of its own; how many.
    """
    runs: list[list[int]] = []
    own = []
    last = -_NEAR
    for each in tails:
        step = each - last
        if runs and step == 1:
            runs[-1][1] += 1
        else:
            near = 0 < step < _NEAR
            runs.append([step if near else 0, 1])
            if not near:
                own.append(each.to_bytes(_TAIL_LENGTH, "big"))
        last = each
    return runs, b"".join(own)


def _spelled(moments: Sequence[int], steps: Sequence[int], lengths: Sequence[int], tails: bytes) -> list[str]:
    """Return the ids of such moments and runs, as text."""
    if min(lengths, default=1) < 1 or sum(lengths) != len(moments):
        raise WireError("runs of other ids")
    if len(tails) != _TAIL_LENGTH * steps.count(0):
        raise WireError("ends of other ids")
    upper, lower, tail, place = [], [], 0, 0
    for step, length in zip(steps, lengths, strict=True):
        if step:
            tail += step
        else:
            tail = int.from_bytes(tails[place : place + _TAIL_LENGTH], "big")
            place += _TAIL_LENGTH
        upper.append(tail >> 64)
        lower.append(tail & _LOWER)
        tail += length - 1
    # Two halves of each id, in the order of a number's bytes on paper.
    halves = array("Q", bytes(16 * len(moments)))
    uppers = chain.from_iterable(map(repeat, upper, lengths))
    halves[::2] = array("Q", map(add, map((1 << 16).__mul__, accumulate(moments)), uppers))
    halves[1::2] = array("Q", chain.from_iterable(map(range, lower, map(add, lower, lengths))))
    if sys.byteorder == "little":
        halves.byteswap()
    return filled(_ID_MASK, halves.tobytes().hex().encode(), 32, len(moments))


def _placed(column: Sequence[int | str], places: Mapping[str, int]) -> list[int]:
    """Return a column of numbers as it is, and one of ids as the differences of their places."""
    found = [places[each] for each in column if isinstance(each, str)]
    return differences(found) if found else [each for each in column if isinstance(each, int)]
