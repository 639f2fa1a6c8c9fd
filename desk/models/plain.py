"""Questions in plain words, past SQLAlchemy: for what stands in the way of every save and every keystroke.

There a dozen short questions are asked at once, and what SQLAlchemy adds to each is several times what SQLite
needs to answer it. Values come as SQLite keeps them: moments and days as ISO text, yes and no as 1 and 0.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy.orm import Session

_ASK = "plain_ask"


def ask(rows: Session, words: str, values: Sequence[Any] | Mapping[str, Any] = ()) -> list[tuple[Any, ...]]:
    """Return all rows that answer a SELECT in the caller's block; what is pending is not flushed first."""
    execute = rows.info.get(_ASK)
    if execute is None:
        connection: Any = rows.connection().connection.driver_connection
        execute = rows.info[_ASK] = connection.execute
    answer: list[tuple[Any, ...]] = execute(words, values).fetchall()
    return answer
