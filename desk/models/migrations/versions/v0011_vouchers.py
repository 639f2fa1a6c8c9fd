"""0011: what a county may offer again, and by which schema the rows were folded. Self-contained."""

import sqlalchemy as sa
from alembic.operations import Operations

REVISION = "0011"


def upgrade(op: Operations) -> None:
    """Add the columns; what came before has no voucher, and every row is looked at once more."""
    op.add_column("revision_log", sa.Column("voucher", sa.Text))
    op.add_column("outbox", sa.Column("voucher", sa.Text))
    op.add_column("meta", sa.Column("folded", sa.Integer))
