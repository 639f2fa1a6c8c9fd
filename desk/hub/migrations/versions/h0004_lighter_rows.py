"""Revisions and heads no longer ask for their scope row by row.

They are written by a turn alone, which holds the scope's row locked and writes into no other scope: each of
five hundred rows of a push asked again for a row that cannot be missing. That no scope is taken out while it
has rows is still said by the history of its epochs, which every scope has from its first moment on.
"""

from alembic import op

revision = "h0004"
down_revision = "h0003"
branch_labels = None
depends_on = None

_TABLES = ("revision", "head")


def upgrade() -> None:
    """Let go of both foreign keys."""
    for table in _TABLES:
        op.execute(f"ALTER TABLE {table} DROP CONSTRAINT {table}_scope_id_fkey")


def downgrade() -> None:
    """Take them on again."""
    for table in _TABLES:
        op.execute(
            f"ALTER TABLE {table} ADD CONSTRAINT {table}_scope_id_fkey"
            " FOREIGN KEY (scope_id) REFERENCES scope"
        )
