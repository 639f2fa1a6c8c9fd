"""Counties, stations, users and enrolment codes; devices prove themselves with keys. Tokens of old end."""

from alembic import op

revision = "h0002"
down_revision = "h0001"
branch_labels = None
depends_on = None

_TABLES = """
CREATE TABLE county (
    county_id text PRIMARY KEY,
    name text NOT NULL UNIQUE,
    made_at text NOT NULL);
CREATE TABLE station (
    station_id text PRIMARY KEY,
    county_id text NOT NULL REFERENCES county,
    name text NOT NULL,
    code text NOT NULL DEFAULT '',
    scope_id text UNIQUE REFERENCES scope,
    made_at text NOT NULL);
CREATE TABLE hub_user (
    user_id text PRIMARY KEY,
    county_id text NOT NULL REFERENCES county,
    name text NOT NULL,
    role text NOT NULL CHECK (role IN ('county', 'auditor')),
    made_at text NOT NULL,
    disabled_at text);
CREATE TABLE enrolment_code (
    code_sha256 bytea PRIMARY KEY,
    station_id text REFERENCES station,
    user_id text REFERENCES hub_user,
    made_at text NOT NULL,
    expires_at text NOT NULL,
    used_at text,
    device_id text,
    public_key bytea,
    CHECK ((station_id IS NULL) <> (user_id IS NULL)));
CREATE TABLE hub_key (
    name text PRIMARY KEY,
    seed bytea NOT NULL);
ALTER TABLE device DROP COLUMN token_sha256;
ALTER TABLE device ADD COLUMN public_key bytea NOT NULL DEFAULT '';
ALTER TABLE device ADD COLUMN role text NOT NULL DEFAULT 'station';
ALTER TABLE device ADD COLUMN station_id text REFERENCES station;
ALTER TABLE device ADD COLUMN user_id text REFERENCES hub_user;
ALTER TABLE incarnation ADD COLUMN request bigint NOT NULL DEFAULT 0;
ALTER TABLE incarnation ADD COLUMN last_seq bigint NOT NULL DEFAULT 0;
ALTER TABLE incarnation ADD COLUMN holes integer NOT NULL DEFAULT 0;
"""


def upgrade() -> None:
    """Make them."""
    op.execute(_TABLES)


def downgrade() -> None:
    """Take them away."""
    op.execute(
        "ALTER TABLE incarnation DROP COLUMN request, DROP COLUMN last_seq, DROP COLUMN holes;"
        "ALTER TABLE device DROP COLUMN public_key, DROP COLUMN role, DROP COLUMN station_id,"
        " DROP COLUMN user_id;"
        "ALTER TABLE device ADD COLUMN token_sha256 bytea;"
        "UPDATE device SET token_sha256 = sha256(device_id::bytea);"
        "ALTER TABLE device ALTER COLUMN token_sha256 SET NOT NULL,"
        " ADD CONSTRAINT device_token_sha256_key UNIQUE (token_sha256);"
        "DROP TABLE hub_key, enrolment_code, hub_user, station, county"
    )
