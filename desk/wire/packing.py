"""The second way a message may travel: as tables under zstd, for a thin line.

It is an encoding of the same bytes (`Content-Encoding: desk-tables, zstd`): what comes out is what went in,
letter by letter, and what would not is not sent so. A hub says in its answers that it reads it
(`Accept-Encoding`, RFC 9110 12.5.3); both sides go on taking messages that are only under zstd.

Ids made one after the other differ in little (`desk/ids.py`). All ids of a message stand in one list, in
runs that count up; elsewhere stands only an id's place in it.

    a line of JSON: how many runs of ids there are, the form of the message, the values that stay as they are
    a line of whole numbers: of the runs their moments, steps and lengths; then the columns of numbers
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

_TAIL: Final = 10
_TAIL_BITS: Final = 80
_MOST_TAIL: Final = 2**80 - 1
_LOW: Final = 2**64 - 1
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
    runs, tails = _runs(int(each.replace("-", ""), 16) for each in ids)
    columns = [*zip(*runs, strict=True), *(_placed(column, places) for column in apart.numbers)]
    numbers = orjson.dumps(list(chain.from_iterable(columns)))[1:-1]
    return b"\n".join([orjson.dumps([len(runs), form, apart.values]), numbers, tails])


def _unfold(folded: bytes, most: int) -> Body:
    head, _end, rest = folded.partition(b"\n")
    line, _end, tails = rest.partition(b"\n")
    numbers = orjson.loads(b"[%b]" % line)
    # Of one that is too large for a whole number a fraction was made, and so is the sum.
    if line.translate(None, _OF_NUMBERS) or type(sum(numbers)) is not int:
        raise WireError("not whole numbers")
    count, form, values = orjson.loads(head)
    if not 0 <= 3 * count <= len(numbers):
        raise WireError("runs that are not there")
    runs = [numbers[n * count : (n + 1) * count] for n in range(3)]
    together = Together(numbers[3 * count :], values, _spelled(runs, tails, most), most - len(head))
    (message,) = together.put(form)
    if not together.is_used_up():
        raise WireError("something is left over")
    return message


def _runs(ids: Iterable[int]) -> tuple[list[list[int]], bytes]:
    """Return the runs of ids that go upwards, and the ends of ids that are near to no other.

    A run: milliseconds after the one before; how far its first end is from the last of that run, nought where
    it is one of its own; how many it has.
    """
    runs: list[list[int]] = []
    tails = []
    was, last = 0, -_NEAR
    for each in ids:
        moment, tail = each >> _TAIL_BITS, each & _MOST_TAIL
        step = tail - last
        if runs and (moment, step) == (was, 1):
            runs[-1][2] += 1
        else:
            near = 0 < step < _NEAR
            runs.append([moment - was, step if near else 0, 1])
            if not near:
                tails.append(tail.to_bytes(_TAIL, "big"))
        was, last = moment, tail
    return runs, b"".join(tails)


def _spelled(runs: Sequence[Sequence[int]], tails: bytes, most: int) -> list[str]:
    """Return the ids of such runs, as text."""
    moments, steps, lengths = runs
    if min(lengths, default=1) < 1 or sum(lengths) * ID_LENGTH > most:
        raise WireError("unfolds to too many bytes")
    if len(tails) != _TAIL * steps.count(0):
        raise WireError("ends of other ids")
    upper, lower, tail, place = [], [], 0, 0
    for moment, step in zip(accumulate(moments), steps, strict=True):
        if step:
            tail += step
        else:
            tail = int.from_bytes(tails[place : place + _TAIL], "big")
            place += _TAIL
        upper.append((moment << 16) + (tail >> 64))
        lower.append(tail & _LOW)
        tail += lengths[len(lower) - 1] - 1
    halves = array("Q", bytes(16 * sum(lengths)))
    halves[::2] = array("Q", chain.from_iterable(map(repeat, upper, lengths)))
    halves[1::2] = array("Q", chain.from_iterable(map(range, lower, map(add, lower, lengths))))
    if sys.byteorder == "little":
        halves.byteswap()
    return filled(_ID_MASK, halves.tobytes().hex().encode(), 32, len(halves) // 2)


def _placed(column: Sequence[int | str], places: Mapping[str, int]) -> list[int]:
    """Return a column of numbers as it is, and one of ids as the differences of their places."""
    found = [places[each] for each in column if isinstance(each, str)]
    return differences(found) if found else [each for each in column if isinstance(each, int)]
