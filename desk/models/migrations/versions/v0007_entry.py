"""0007: codes by which a user signs on at another PC. Self-contained: it stays when the tables move on."""

import sqlalchemy as sa
from alembic.operations import Operations

REVISION = "0007"


def upgrade(op: Operations) -> None:
    """Add the one table of codes, empty."""
    op.create_table(
        "entry_code",
        sa.Column("record_id", sa.String, primary_key=True, nullable=False),
        sa.Column("scope_id", sa.String),
        sa.Column("version", sa.Integer),
        *(sa.Column(name, sa.Text) for name in ("user_id", "digest", "until")),
        sa.Column("void", sa.Boolean),
        sa.Column("void_reason", sa.String),
        *(sa.Column(name, sa.JSON) for name in ("field_op", "extra")),
    )
