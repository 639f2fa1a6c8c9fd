"""Which rows are this desk's own: at a desk of the county those of its stations lie beside them."""

from typing import TypeVar

from sqlalchemy import Select
from sqlalchemy.orm import Session as Rows

from desk.models.base import Synced, alive
from desk.models.recorder import block_of

Row = TypeVar("Row", bound=Synced)


def own(rows: Rows, table: type[Row]) -> Select[Row]:
    """Select the rows that are not void and belong to the scope of the store, for the caller's block."""
    return alive(table).where(table.scope_id == block_of(rows).identity.scope_id)
