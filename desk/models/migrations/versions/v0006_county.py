"""0006: a county's desk follows many scopes. Self-contained: it stays when the tables move on."""

import sqlalchemy as sa
from alembic.operations import Operations

REVISION = "0006"


def upgrade(op: Operations) -> None:
    """Say where each op goes, and what this PC is to the hub; until now each was a station's."""
    op.add_column("outbox", sa.Column("scope_id", sa.String, nullable=False, server_default=""))
    op.execute("UPDATE outbox SET scope_id = coalesce((SELECT scope_id FROM meta), '')")
    op.add_column("hub", sa.Column("role", sa.Text))
    op.execute("UPDATE hub SET role = 'station' WHERE station IS NOT NULL AND station != ''")
