"""What a store holds beyond its own first start: whoever has nothing may begin again as part of a station."""

from typing import Final

from sqlalchemy.orm import Session as Rows

from desk.models import plain
from desk.models.tables import SYNCED
from desk.rules import field_words
from desk.text import _

_SET_UP: Final = frozenset({"station", "device", "user", "entry_code", "audit", "print_job"})
"""What the wizard and its recovery sheet leave, and users who were invited."""

_BESIDE: Final = {"pad": "预留的编号", "draft": "草稿"}


def found(rows: Rows) -> tuple[str, ...]:
    """Return the words for all that somebody has worked on here, such as 来访 3; none for a fresh desk."""
    told = {noun: field_words.noun(noun) for noun in SYNCED if noun not in _SET_UP}
    counts = {words: _count(rows, noun) for noun, words in (told | _BESIDE).items()}
    return tuple(_("{words} {n}").format(words=words, n=n) for words, n in counts.items() if n)


def _count(rows: Rows, table: str) -> int:
    counted: int = plain.ask(rows, f"SELECT count(*) FROM {table}")[0][0]  # noqa: S608 - our own tables
    return counted
