"""0013: the age band of who came (F-50). Self-contained."""

import sqlalchemy as sa
from alembic.operations import Operations

REVISION = "0013"


def upgrade(op: Operations) -> None:
    """Add the column; of the visits before nobody was asked."""
    op.add_column("visit", sa.Column("age_told", sa.Text, server_default=sa.text("''")))
