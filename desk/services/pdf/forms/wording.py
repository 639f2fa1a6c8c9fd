"""Values as a form writes them: dates, sums in figures and Han words, choices with boxes, numbered lists."""

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Final

from desk.rules.numerals import amount_words, han_date, official_date
from desk.text import _

CHOSEN: Final = "■"
OPEN: Final = "□"


def pieces(kind: str, value: object, options: tuple[str, ...] = ()) -> tuple[str, ...]:
    """Return a value as pieces that are not to be broken: the options of a choice, else one or none."""
    if kind == "choice":
        return choice(value, options)
    if kind == "yesno":
        return choice(_yes_or_no(value), (_("是"), _("否")))
    text = words(kind, value)
    return (text,) if text else ()


def words(kind: str, value: object) -> str:
    """Return a value as text; "" for what is not there."""
    if value is None or value in ("", ()):
        return ""
    return _WRITERS.get(kind, _text)(value)


def money(fen: int) -> str:
    """Return a sum in figures and in Han words, both made from the same fen: 2,600.00元（大写：…）."""
    figures = f"{fen // 100:,}.{fen % 100:02}"
    return _("{figures}元（大写：{words}）").format(figures=figures, words=amount_words(fen))


def moment(at: datetime) -> str:
    """Return a time as minutes write it: 2026年11月3日9时30分."""
    return _("{day}{hour}时{minute:02}分").format(
        day=official_date(at.date()), hour=at.hour, minute=at.minute
    )


def choice(value: object, options: tuple[str, ...]) -> tuple[str, ...]:
    """Return each option with its box, filled for the chosen ones; a word outside the options comes last."""
    if isinstance(value, tuple):
        chosen = tuple(map(str, value))
    else:
        chosen = () if value in (None, "") else (str(value),)
    boxes = [f"{CHOSEN if option in chosen else OPEN}{option}" for option in options]
    return (*boxes, *(f"{CHOSEN}{word}" for word in chosen if word not in options))


def numbered(items: tuple[str, ...]) -> str:
    """Return the items one a line with their numbers."""
    return "\n".join(f"{number}. {item}" for number, item in enumerate(items, 1))


def filled(sentence: str, value: Callable[[str], str]) -> str:
    """Return the sentence with its {places} replaced by what `value` says of them."""
    return re.sub(r"\{([a-z_]+)\}", lambda place: value(place[1]), sentence)


def _yes_or_no(value: object) -> str:
    if value is None or value == "":
        return ""
    return _("是") if value else _("否")


def _text(value: object) -> str:
    if isinstance(value, datetime):
        return moment(value)
    if isinstance(value, date):
        return official_date(value)
    if isinstance(value, tuple):
        return "、".join(str(each) for each in value if each != "")
    return str(value)


def _list(value: object) -> str:
    assert isinstance(value, tuple), "a list is a tuple of texts"
    return numbered(tuple(map(str, value)))


def _money(value: object) -> str:
    assert isinstance(value, int), "a sum is a number of fen"
    return money(value)


def _han_date(value: object) -> str:
    assert isinstance(value, date), "a date is a date"
    return han_date(value)


_WRITERS: Final[Mapping[str, Callable[[object], str]]] = {
    "list": _list,
    "money": _money,
    "han_date": _han_date,
}
