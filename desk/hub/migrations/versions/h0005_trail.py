"""The trail of a scope: a sum over the ids of all ops it took, kept with the scope and with each version.

Two pasts of one scope may leave the same digest; their trails differ (`desk/wire/trail.py`).
"""

from itertools import groupby
from operator import itemgetter

import sqlalchemy as sa
from alembic import op

from desk.wire import trail
from desk.wire.heads import EMPTY_DIGEST, add_digests

revision = "h0005"
down_revision = "h0004"
branch_labels = None
depends_on = None

_OPS = sa.text("SELECT version, op_id FROM revision WHERE scope_id = :scope ORDER BY version, ord")
_KEEP = sa.text(
    "UPDATE revision SET trail = :trail WHERE scope_id = :scope AND version = :version AND ord = 0"
)
_MOVE = sa.text("UPDATE scope SET trail = :trail WHERE scope_id = :scope")


def upgrade() -> None:
    """Add the columns and sum up what is there."""
    op.execute("ALTER TABLE revision ADD COLUMN trail bytea")
    op.execute(f"ALTER TABLE scope ADD COLUMN trail bytea NOT NULL DEFAULT '\\x{EMPTY_DIGEST.hex()}'")
    rows = op.get_bind()
    for (scope,) in rows.execute(sa.text("SELECT scope_id FROM scope")).all():
        total = EMPTY_DIGEST
        for version, ops in groupby(rows.execute(_OPS, {"scope": scope}), itemgetter(0)):
            total = add_digests(total, [trail.step(version, (op_id for _version, op_id in ops))])
            rows.execute(_KEEP, {"scope": scope, "version": version, "trail": total})
        rows.execute(_MOVE, {"scope": scope, "trail": total})


def downgrade() -> None:
    """Take the columns out."""
    op.execute("ALTER TABLE scope DROP COLUMN trail")
    op.execute("ALTER TABLE revision DROP COLUMN trail")
