"""Row-level security behind the routes' own checks: a worker sees the rows its device was granted, or none.

Workers take on a role that owns nothing and may not pass the policies; what it may do to a table is listed,
and it may delete nothing. The owner, who runs the commands, sees all.
"""

from alembic import op

revision = "h0003"
down_revision = "h0002"
branch_labels = None
depends_on = None

_ROLE = """
DO $$ BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'desk_hub_rows') THEN
        CREATE ROLE desk_hub_rows NOLOGIN NOSUPERUSER NOBYPASSRLS;
    END IF;
    IF NOT pg_has_role(current_user, 'desk_hub_rows', 'SET') THEN
        GRANT desk_hub_rows TO CURRENT_USER WITH SET TRUE, INHERIT FALSE;
    END IF;
END $$"""

# Asked once a statement, not once a row.
_BY_SCOPE = "scope_id = ANY ((SELECT string_to_array(current_setting('desk.scopes', true), ','))::text[])"
_BY_DEVICE = "device_id = (SELECT current_setting('desk.device', true))"

_MAY = {
    "scope": "SELECT, UPDATE",
    "epoch_history": "SELECT",
    "revision": "SELECT, INSERT",
    "head": "SELECT, INSERT, UPDATE",
    "conflict": "SELECT, INSERT, UPDATE",
    "quarantine": "SELECT, INSERT",
    "number": "SELECT, INSERT",
    "device": "SELECT",
    "scope_grant": "SELECT",
    "incarnation": "SELECT, INSERT, UPDATE",
}
_OF_DEVICES = {"device", "scope_grant", "incarnation"}
# Nothing of these is a worker's; by the policy of the owner alone they are shut even if they were granted.
_SHUT = ("county", "station", "hub_user", "enrolment_code", "hub_key")


def upgrade() -> None:
    """Build the walls."""
    op.execute(_ROLE)
    op.execute("GRANT SELECT ON alembic_version TO desk_hub_rows")
    for table, verbs in _MAY.items():
        seen = _BY_DEVICE if table in _OF_DEVICES else _BY_SCOPE
        op.execute(f"GRANT {verbs} ON {table} TO desk_hub_rows")
        op.execute(f"CREATE POLICY granted ON {table} TO desk_hub_rows USING ({seen})")
    for table in (*_MAY, *_SHUT):
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY")
        op.execute(f"CREATE POLICY operator ON {table} TO CURRENT_USER USING (true)")


def downgrade() -> None:
    """Take them away; the role stays, since other databases may know it."""
    for table in (*_MAY, *_SHUT):
        op.execute(f"DROP POLICY operator ON {table}")
        op.execute(f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY, NO FORCE ROW LEVEL SECURITY")
    for table in _MAY:
        op.execute(f"DROP POLICY granted ON {table}")
        op.execute(f"REVOKE ALL ON {table} FROM desk_hub_rows")
    op.execute("REVOKE ALL ON alembic_version FROM desk_hub_rows")
