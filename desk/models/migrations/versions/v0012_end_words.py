"""0012: what else an agent may do, and which other ways the notice of an end names. Self-contained."""

import sqlalchemy as sa
from alembic.operations import Operations

REVISION = "0012"


def upgrade(op: Operations) -> None:
    """Add the columns; nobody wrote either so far, and a notice without a choice names all ways."""
    op.add_column("agent", sa.Column("powers_other", sa.Text, server_default=sa.text("''")))
    op.add_column("mediation", sa.Column("remedies", sa.Text, server_default=sa.text("''")))
    op.add_column("mediation", sa.Column("remedies_note", sa.Text, server_default=sa.text("''")))
