"""Reads cells that every kind of table has: a phone number, words on one line. Guesses nothing."""

import re

from desk.rules import phones
from desk.text import _

_ROUNDED = re.compile(r"1[0-9]{5}0{5}")


def read_phone(text: str) -> tuple[str, tuple[str, ...]]:
    """Return the number ("" if none can be trusted) and the doubts; a rounded number is not restored."""
    check = phones.check_phone(text)
    if _ROUNDED.fullmatch(check.number):
        doubt = _("“{text}”后五位都是 0，像是被表格舍入过，没有导入，请向本人核对后补填。")
        return "", (doubt.format(text=text),)
    if check.doubts and not check.number:
        return "", tuple(
            _("{doubt}表中写的是“{text}”。").format(doubt=doubt, text=text) for doubt in check.doubts
        )
    return check.number, check.doubts


def one_line(text: str) -> str:
    """Return a text with its line breaks and runs of blanks as single blanks."""
    return re.sub(r"\s+", " ", text).strip()
