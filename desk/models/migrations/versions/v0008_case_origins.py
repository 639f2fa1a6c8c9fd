"""0008: where a case came from, since when a labour claim is known, who wants writing. Self-contained."""

import sqlalchemy as sa
from alembic.operations import Operations

REVISION = "0008"


def upgrade(op: Operations) -> None:
    """Add the columns; of what stands in the store nobody said where it came from, nor asked for writing."""
    op.add_column("mediation", sa.Column("consultation_id", sa.Text, server_default=sa.text("''")))
    op.add_column("mediation", sa.Column("known_on", sa.Text))
    op.add_column("agreement", sa.Column("written_asked", sa.Boolean, server_default=sa.text("0")))
