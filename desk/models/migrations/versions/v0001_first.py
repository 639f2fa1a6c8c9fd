"""0001: the first schema. Self-contained: it stays as it is when the tables of `models/` move on.

A column is written `name:type` with `!` for NOT NULL and `*` for the primary key; no type is text.
"""

import sqlalchemy as sa
from alembic.operations import Operations

REVISION = "0001"

_SYNCED = {
    "audit": "n:int prev alg at device_id user_id action noun target_id fields ok:bool hash",
    "companion": "visit_id name_told phone_told",
    "consent": "visit_id notice_version told_at told_by phone_ok:bool contact_ok:bool legal_basis",
    "consultation": "matter_id number state",
    "deputy": (
        "name alias name_initials sex ethnicity birth_date phone post consultative:bool state "
        "departed_on remark"
    ),
    "device": "letter name key_id public_key incarnation added_at",
    "duty": "deputy_id name_told started_at ended_at vouched_by by_pin:bool",
    "mandate": "deputy_id level:int constituency electing_unit group_name term state",
    "matter": (
        "visit_id subject statement request deputy_view category outcome level state proposed_unit "
        "fast_track:bool answer_text guide_to guide_reason tell_by tell_by_rule closed_at"
    ),
    "mediation": "matter_id number state",
    "person": "name alias name_initials sex phone id_type id_no address grid birth_date merged_into",
    "print_job": "paper target_id number state copies:int reprint:int at note",
    "proposal": "matter_id level unit fast_track:bool number",
    "rating": "about visit_id matter_id value reason asked_at rated_at",
    "receipt": "visit_id number spoken token_sha256 key_id issued_at plain:bool",
    "receiver": "visit_id deputy_id name levels_text",
    "reply": "matter_id replied_at way text by_name",
    "report": "visit_id kind reported_at recipient reporter",
    "station": "name code kind level area address phone open_hours parent notice_version notice_text",
    "user": "name initials roles deputy_id disabled:bool licence_no",
    "visit": (
        "number spoken kind state safety safe_contact person_id name_told anonymous:bool phone_told "
        "id_no_told address_told grid_told sex_told headcount:int own_voter first_or_repeat place "
        "arrived_at received_at finished_at entered_at backfilled:bool pad_no registrar_id smile_at "
        "tea_at comfort_at comfort_note litigation:bool reopen_reason profile_version"
    ),
}
_LOCAL = {
    "cursor": "scope_id:key* epoch version:int",
    "device_secret": "name:key* secret:blob!",
    "draft": "draft_id:key* kind record_id fields:json cursor_field saved_at",
    "import_batch": "batch_id:key* kind at user_id source counts:json changes:json undone_at",
    "meta": (
        "row:int* scope_id device_id incarnation seq:int run:int clock_offset_ms:int last_seen_time "
        "open_runs checked_at backup_at backup_path"
    ),
    "number_counter": "kind:key* letter:key* year:int* last:int",
    "outbox": (
        "position:int* op_id:key! noun:key! record_id:key! incarnation:key! seq:int! body:blob! sha256:blob!"
    ),
    "pad": "number:key* spoken reserved_at visit_id",
    "profile_file": "position:int* version body:blob! origin installed_at",
    "receipt_secret": "receipt_id:key* token:blob! code_text",
    "recent": "noun:key* record_id:key* opened_at",
    "search_hit": "row:int* noun:key! record_id:key!",
    "setting": "key:key* value",
    "shadow_head": "noun:key* record_id:key* scope_id:key! version:int! fields:json field_op:json",
}
_INDEXES = (
    ("ix_audit_at", "audit", "at"),
    ("ix_audit_device_id_n", "audit", "device_id n"),
    ("ix_audit_target_id", "audit", "target_id"),
    ("ix_companion_visit_id", "companion", "visit_id"),
    ("ix_consent_visit_id", "consent", "visit_id"),
    ("ix_consultation_matter_id", "consultation", "matter_id"),
    ("ix_consultation_number", "consultation", "number"),
    ("ix_deputy_name", "deputy", "name"),
    ("ix_duty_deputy_id", "duty", "deputy_id"),
    ("ix_duty_ended_at", "duty", "ended_at"),
    ("ix_mandate_deputy_id", "mandate", "deputy_id"),
    ("ix_matter_outcome", "matter", "outcome"),
    ("ix_matter_state_tell_by", "matter", "state tell_by"),
    ("ix_matter_visit_id", "matter", "visit_id"),
    ("ix_mediation_matter_id", "mediation", "matter_id"),
    ("ix_mediation_number", "mediation", "number"),
    ("ix_outbox_noun_record_id_position", "outbox", "noun record_id position"),
    ("ix_person_id_no", "person", "id_no"),
    ("ix_person_name", "person", "name"),
    ("ix_person_name_initials", "person", "name_initials"),
    ("ix_print_job_state", "print_job", "state"),
    ("ix_print_job_target_id", "print_job", "target_id"),
    ("ix_proposal_matter_id", "proposal", "matter_id"),
    ("ix_proposal_number", "proposal", "number"),
    ("ix_rating_about_value_visit_id", "rating", "about value visit_id"),
    ("ix_rating_matter_id", "rating", "matter_id"),
    ("ix_rating_visit_id", "rating", "visit_id"),
    ("ix_receipt_number", "receipt", "number"),
    ("ix_receipt_spoken", "receipt", "spoken"),
    ("ix_receipt_token_sha256", "receipt", "token_sha256"),
    ("ix_receipt_visit_id", "receipt", "visit_id"),
    ("ix_receiver_deputy_id_visit_id", "receiver", "deputy_id visit_id"),
    ("ix_receiver_visit_id", "receiver", "visit_id"),
    ("ix_recent_opened_at", "recent", "opened_at"),
    ("ix_reply_matter_id", "reply", "matter_id"),
    ("ix_report_visit_id", "report", "visit_id"),
    ("ix_search_hit_noun_record_id", "search_hit", "noun record_id"),
    ("ix_visit_list", "visit", "received_at record_id headcount state safety void"),
    ("ix_visit_number", "visit", "number"),
    ("ix_visit_person_id_received_at", "visit", "person_id received_at"),
    ("ix_visit_spoken", "visit", "spoken"),
    ("ix_visit_state_received_at", "visit", "state received_at"),
)

_TYPES = {
    "": sa.Text,
    "key": sa.String,
    "int": sa.Integer,
    "bool": sa.Boolean,
    "json": sa.JSON,
    "blob": sa.LargeBinary,
}
_BEFORE = "record_id:key* scope_id:key version:int"
_AFTER = "void:bool void_reason:key field_op:json extra:json"


def upgrade(op: Operations) -> None:
    """Create every table, index and the search index."""
    for name, columns in _LOCAL.items():
        op.create_table(name, *_columns(columns), *_unique(name))
    for name, columns in _SYNCED.items():
        op.create_table(name, *_columns(f"{_BEFORE} {columns} {_AFTER}"))
    for name, table, columns in _INDEXES:
        op.create_index(name, table, columns.split())
    op.create_index("ix_person_phone_tail", "person", [sa.text("substr(phone, -4)")])
    merged = sa.text("merged_into != ''")
    op.create_index("ix_person_merged_into", "person", ["merged_into"], sqlite_where=merged)
    op.execute(
        "CREATE VIRTUAL TABLE search USING fts5(terms, content='', contentless_delete=1, detail='none', "
        "tokenize='unicode61 remove_diacritics 0')"
    )


def _columns(spec: str) -> list[sa.Column[object]]:
    return [_column(each) for each in spec.split()]


def _column(spec: str) -> sa.Column[object]:
    name, _, kind = spec.rstrip("*!").partition(":")
    key = spec.endswith("*")
    return sa.Column(name, _TYPES[kind](), primary_key=key, nullable=not key and not spec.endswith("!"))


def _unique(table: str) -> list[sa.UniqueConstraint]:
    return [sa.UniqueConstraint("op_id", name="uq_outbox_op_id")] if table == "outbox" else []
