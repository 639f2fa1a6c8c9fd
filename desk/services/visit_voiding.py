"""What goes with a voided visit: its matter, linked records and receipt; every row stays as a tombstone."""

from sqlalchemy.orm import Session as Rows

from desk.models.base import alive
from desk.models.matter import Matter
from desk.models.receipt import Receipt
from desk.models.visit import Visit
from desk.services import conflicts, search_index
from desk.services.visit_finish import linked_rows, take_back


def void_visit(rows: Rows, visit: Visit, reason: str) -> None:
    """Make the visit and all it gave out void for one reason, and take it out of the search."""
    visit.tombstone(reason)
    for matter in rows.scalars(alive(Matter).where(Matter.visit_id == visit.record_id)).all():
        for linked in linked_rows(rows, matter):
            take_back(rows, linked, reason)
        matter.tombstone(reason)
    for receipt in rows.scalars(alive(Receipt).where(Receipt.visit_id == visit.record_id)):
        receipt.tombstone(reason)
    search_index.drop(rows, "visit", visit.record_id)
    conflicts.forget(rows, "visit", visit.record_id)
