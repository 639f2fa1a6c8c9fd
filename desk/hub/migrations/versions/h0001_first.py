"""The first tables of the hub (sync.md 2.2). Every key begins with the scope, by which it can be spread."""

from alembic import op

revision = "h0001"
down_revision = None
branch_labels = None
depends_on = None

_TABLES = """
CREATE TABLE scope (
    scope_id text PRIMARY KEY,
    epoch text NOT NULL,
    version bigint NOT NULL DEFAULT 0,
    durable_version bigint NOT NULL DEFAULT 0,
    min_version bigint NOT NULL DEFAULT 0,
    digest bytea NOT NULL DEFAULT decode(repeat('00', 16), 'hex'),
    halted boolean NOT NULL DEFAULT false,
    name text NOT NULL DEFAULT '');
CREATE TABLE epoch_history (
    scope_id text NOT NULL REFERENCES scope,
    n integer NOT NULL,
    epoch text NOT NULL,
    restored_to bigint NOT NULL,
    at text NOT NULL,
    reason text NOT NULL DEFAULT '',
    PRIMARY KEY (scope_id, n));
CREATE TABLE revision (
    scope_id text NOT NULL REFERENCES scope,
    version bigint NOT NULL,
    ord integer NOT NULL,
    op_id text NOT NULL,
    noun text NOT NULL,
    record_id text NOT NULL,
    kind text NOT NULL,
    body text NOT NULL,
    result text NOT NULL,
    sets jsonb,
    body_hash bytea NOT NULL,
    device_id text NOT NULL,
    incarnation text NOT NULL,
    seq bigint NOT NULL,
    user_id text NOT NULL,
    tx text NOT NULL,
    claimed_at text NOT NULL,
    clock_offset_ms bigint,
    received_at text NOT NULL,
    schema_v integer NOT NULL,
    PRIMARY KEY (scope_id, version, ord),
    UNIQUE (scope_id, op_id));
CREATE INDEX revision_record ON revision (scope_id, record_id, version, ord);
CREATE TABLE head (
    scope_id text NOT NULL REFERENCES scope,
    noun text NOT NULL,
    record_id text NOT NULL,
    version bigint NOT NULL,
    fields jsonb NOT NULL,
    field_op jsonb NOT NULL,
    device_id text NOT NULL,
    digest bytea NOT NULL,
    bucket text NOT NULL,
    PRIMARY KEY (scope_id, noun, record_id));
CREATE TABLE conflict (
    scope_id text NOT NULL REFERENCES scope,
    conflict_id text NOT NULL,
    noun text NOT NULL,
    record_id text NOT NULL,
    field text NOT NULL,
    mine_op text NOT NULL,
    theirs_op text NOT NULL,
    reason text NOT NULL,
    closed_by_op text,
    PRIMARY KEY (scope_id, conflict_id));
CREATE INDEX conflict_open ON conflict (scope_id, noun, record_id) WHERE closed_by_op IS NULL;
CREATE TABLE quarantine (
    scope_id text NOT NULL REFERENCES scope,
    op_id text NOT NULL,
    body_hash bytea NOT NULL,
    reason text NOT NULL,
    body bytea NOT NULL,
    device_id text NOT NULL,
    received_at text NOT NULL,
    PRIMARY KEY (scope_id, op_id, body_hash));
CREATE TABLE number (
    scope_id text NOT NULL REFERENCES scope,
    noun text NOT NULL,
    field text NOT NULL,
    value text NOT NULL,
    record_id text NOT NULL,
    op_id text NOT NULL,
    PRIMARY KEY (scope_id, noun, field, value));
CREATE TABLE device (
    device_id text PRIMARY KEY,
    name text NOT NULL,
    token_sha256 bytea NOT NULL UNIQUE,
    grants integer NOT NULL DEFAULT 1,
    made_at text NOT NULL,
    revoked_at text);
CREATE TABLE scope_grant (
    device_id text NOT NULL REFERENCES device,
    scope_id text NOT NULL REFERENCES scope,
    PRIMARY KEY (device_id, scope_id));
CREATE TABLE incarnation (
    device_id text NOT NULL REFERENCES device,
    incarnation text NOT NULL,
    session bigint NOT NULL,
    nonce text NOT NULL,
    first_at text NOT NULL,
    PRIMARY KEY (device_id, incarnation));
"""


def upgrade() -> None:
    """Make them."""
    op.execute(_TABLES)


def downgrade() -> None:
    """Take them away."""
    op.execute(
        "DROP TABLE incarnation, scope_grant, device, number, quarantine, conflict, head, revision,"
        " epoch_history, scope"
    )
