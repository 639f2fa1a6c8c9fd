"""Brings the hub's database up to this version's tables."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from psycopg import connect
from sqlalchemy import create_engine, text
from sqlalchemy.pool import NullPool

from desk.hub import keys

_HOME = Path(__file__).resolve().parent / "migrations"
_ONE_AT_A_TIME = 4_711_0815


def migrate(conninfo: str) -> None:
    """Run the missing migrations in one transaction; several workers may try at the same time.

    Raises:
        psycopg.OperationalError: the database cannot be reached.
    """
    # Connected here, so that what fails is told in the driver's own words.
    opened = connect(conninfo)
    engine = create_engine("postgresql+psycopg://", creator=lambda: opened, poolclass=NullPool)
    with engine.begin() as connection:
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _ONE_AT_A_TIME})
        config = Config(attributes={"connection": connection})
        config.set_main_option("script_location", str(_HOME))
        command.upgrade(config, "head")
    with connect(conninfo) as plain:
        keys.ensure(plain)


def newest() -> str:
    """Return the name of the last migration this version knows."""
    config = Config()
    config.set_main_option("script_location", str(_HOME))
    return str(ScriptDirectory.from_config(config).get_current_head())
