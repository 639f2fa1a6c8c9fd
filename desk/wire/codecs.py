"""How one field's value is written in JSON and read back. Eight codecs, and nothing else, cross the wire."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

# What a field may hold in Python, and what it may look like in JSON.
Value = str | int | bool | date | datetime | None
Json = str | int | bool | None

_MAX_INT = 2**53 - 1  # RFC 8785 writes numbers as IEEE doubles.
_YEARS = range(1900, 2201)  # At the ends of the calendar another zone's day does not exist.
_ID = re.compile(r"[0-9A-Za-z-]{1,64}\Z")
_CODE = re.compile(r"[A-Za-z0-9_.:/+-]*\Z")
_CODES = re.compile(r"([a-z0-9_]+(,[a-z0-9_]+)*)?\Z")


class WireError(ValueError):
    """A value that may not be stored or sent; names the field. From our own code it is a bug."""


@dataclass(frozen=True, slots=True)
class Codec:
    """One way to write a value: its name, the value of an untouched field, and both directions.

    Both functions raise WireError when the value is not of this kind.
    """

    name: str
    default: Value
    to_json: Callable[[Value], Json]
    from_json: Callable[[object], Value]


def instant_text(moment: datetime) -> str:
    """Write an aware moment as ISO text to the millisecond with its UTC offset.

    Raises:
        WireError: the moment does not know its offset.
    """
    if moment.tzinfo is None:
        raise WireError("an instant needs its UTC offset")
    return moment.isoformat(timespec="milliseconds")


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise WireError(f"text expected, not {type(value).__name__}")
    return value


def _matching(pattern: re.Pattern[str], what: str) -> Callable[[object], str]:
    def check(value: object) -> str:
        text = _text(value)
        if not pattern.match(text):
            raise WireError(f"not {what}")
        return text

    return check


def _id(value: object) -> str:
    text = _text(value)
    if text and not _ID.match(text):
        raise WireError("not a record id")
    return text


def _sorted_codes(value: object) -> str:
    text = _codes_shape(value)
    if text and text.split(",") != sorted(set(text.split(","))):
        raise WireError("a set is written sorted and once each")
    return text


def _int(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or abs(value) > _MAX_INT:
        raise WireError("whole number expected")
    return value


def _bool(value: object) -> bool:
    if not isinstance(value, bool):
        raise WireError("true or false expected")
    return value


def _date_to_json(value: Value) -> str | None:
    if value is None:
        return None
    if not isinstance(value, date) or isinstance(value, datetime):
        raise WireError("date expected")
    return value.isoformat()


def _date_from_json(value: object) -> date | None:
    if value is None:
        return None
    try:
        return date.fromisoformat(_text(value))
    except ValueError as error:
        raise WireError("not a date") from error


def _instant_to_json(value: Value) -> str | None:
    if value is None:
        return None
    if not isinstance(value, datetime):
        raise WireError("instant expected")
    return instant_text(_of_our_time(value))


def _instant_from_json(value: object) -> datetime | None:
    if value is None:
        return None
    try:
        moment = datetime.fromisoformat(_text(value))
    except ValueError as error:
        raise WireError("not an instant") from error
    if moment.tzinfo is None:
        raise WireError("an instant needs its UTC offset")
    return _of_our_time(moment)


def _of_our_time(moment: datetime) -> datetime:
    if moment.year not in _YEARS:
        raise WireError("not an instant of our time")
    return moment


_code = _matching(_CODE, "a code")
_codes_shape = _matching(_CODES, "a set of codes")

TEXT = Codec("text", "", _text, _text)
CODE = Codec("code", "", _code, _code)
CODES = Codec("codes", "", _sorted_codes, _sorted_codes)
ID = Codec("id", "", _id, _id)
INT = Codec("int", 0, _int, _int)
FEN = Codec("fen", 0, _int, _int)
BOOL = Codec("bool", False, _bool, _bool)
DATE = Codec("date", None, _date_to_json, _date_from_json)
INSTANT = Codec("instant", None, _instant_to_json, _instant_from_json)
