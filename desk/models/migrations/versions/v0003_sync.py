"""0003: what the round with the county's hub keeps. Self-contained: it stays when the tables move on."""

import sqlalchemy as sa
from alembic.operations import Operations

REVISION = "0003"

_NEW = {
    "revision_log": (
        "scope_id:key* version:int* ord:int* op_id:key! noun:key! record_id:key! incarnation seq:int"
        " body:bytes! result:json before:json"
    ),
    "conflict": (
        "conflict_id:key* scope_id:key! noun:key! record_id:key! field:key! mine_op theirs_op mine theirs"
        " reason state closed_by version:int at before mine_user mine_at theirs_user theirs_at"
    ),
    "merge_news": "op_id:key* noun record_id fields user_id at read:int",
    "attention": (
        "op_id:key* noun record_id incarnation seq:int verdict code sentence body:bytes! sha256:bytes!"
        " noted_at given_up_at given_up_by"
    ),
    "awaited_file": "sha256:key*",
    "hub": "row:int* session:int nonce grants:int reached_at failing_since fails:int trouble sentence",
}
_UNIQUE = {"revision_log": ("op_id",)}
_CURSOR = "durable:int history digest highest:int tail:int after"
_INDEXES = (
    ("ix_revision_log_noun_record_id", "revision_log", "noun record_id"),
    ("ix_revision_log_incarnation_seq", "revision_log", "incarnation seq"),
    ("ix_conflict_noun_record_id", "conflict", "noun record_id"),
    ("ix_conflict_state", "conflict", "state"),
)
_TYPES = {
    "": sa.Text,
    "key": sa.String,
    "int": sa.Integer,
    "json": sa.JSON,
    "bytes": sa.LargeBinary,
}


def upgrade(op: Operations) -> None:
    """Create the tables of the round; what waits in the outbox has been accepted by nobody yet."""
    for name, columns in _NEW.items():
        unique = (sa.UniqueConstraint(each) for each in _UNIQUE.get(name, ()))
        op.create_table(name, *(_column(each) for each in columns.split()), *unique)
    for each in _CURSOR.split():
        op.add_column("cursor", _column(each))
    op.add_column("outbox", sa.Column("acked", sa.Integer, nullable=False, server_default="0"))
    op.add_column("outbox", sa.Column("held", sa.Boolean, nullable=False, server_default="0"))
    for name, table, columns in _INDEXES:
        op.create_index(name, table, columns.split())


def _column(spec: str) -> sa.Column[object]:
    name, _, kind = spec.rstrip("*!").partition(":")
    key = spec.endswith("*")
    return sa.Column(name, _TYPES[kind](), primary_key=key, nullable=not (key or spec.endswith("!")))
