"""The search index: grams in FTS5, and beside them which record each row is of.

A row of `search` and its `search_hit` share one number: event time in ms << 12 | counter. So number order is
time order, and the newest hits need no sort. `search` is contentless: MATCH gives row numbers, nothing else.
"""

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from desk.models.base import Base

CREATE_FTS = (
    "CREATE VIRTUAL TABLE search USING fts5("
    "terms, content='', contentless_delete=1, detail='none', tokenize='unicode61 remove_diacritics 0')"
)

# Every save adds a piece to the index. Left to FTS5, one save in nine joins pieces for 30 ms and more. It
# still joins sixteen of a size; `Store.tidy` joins the rest while nobody waits.
JOINS_BY_ITSELF = "SELECT count(*) = 0 FROM search_config WHERE k = 'automerge' AND v = 0"
JOIN_LATER = "INSERT INTO search (search, rank) VALUES ('automerge', 0)"
JOIN_SOME = "INSERT INTO search (search, rank) VALUES ('merge', 64)"


class SearchHit(Base):
    """The record of one row. Insert here and into `search` with the same number, in the same block."""

    __tablename__ = "search_hit"
    __table_args__ = (Index(None, "noun", "record_id"),)

    row: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    noun: Mapped[str] = mapped_column()
    record_id: Mapped[str] = mapped_column()
