"""0014: the trail of a scope, and what is due of agreements without a look at their rows. Self-contained."""

import sqlalchemy as sa
from alembic.operations import Operations

REVISION = "0014"


def upgrade(op: Operations) -> None:
    """Add the column; which ops came before is not known until the hub says it. Widen two indexes."""
    op.add_column("cursor", sa.Column("trail", sa.Text, server_default=sa.text("''")))
    op.drop_index("ix_follow_up_mediation_id", "follow_up")
    op.create_index("ix_follow_up_done", "follow_up", ["mediation_id", "agreement_id", "void"])
    op.drop_index("ix_agreement_term_state_due_on", "agreement_term")
    op.create_index(
        "ix_agreement_term_due",
        "agreement_term",
        ["state", "due_on", "void", "kind", "agreement_id", "n"],
    )
