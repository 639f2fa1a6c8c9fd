"""0004: by what this PC and its hub know each other. Self-contained: it stays when the tables move on."""

import sqlalchemy as sa
from alembic.operations import Operations

REVISION = "0004"

_COLUMNS = ("authority", "time_key", "county", "station")


def upgrade(op: Operations) -> None:
    """Add what enrolling keeps beside the device key; a PC that had a token enrols once more."""
    for name in _COLUMNS:
        op.add_column("hub", sa.Column(name, sa.Text))
    op.execute("DELETE FROM device_secret WHERE name = 'hub_token'")
