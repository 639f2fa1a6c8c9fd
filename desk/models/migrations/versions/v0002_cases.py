"""0002: mediation, consultation, attachments. Self-contained: it stays as it is when the tables move on.

A column is written `name:type`; no type is text. A column added to a table that has rows gets the default
of its kind, since the records of those rows stand at it.
"""

import sqlalchemy as sa
from alembic.operations import Operations

REVISION = "0002"

_NEW = {
    "committee": (
        "name short_name kind area address phone head_name term_until court number_device "
        "number_year:int number_from:int"
    ),
    "mediator": "committee_id name name_initials kind sex phone licence_no user_id deputy_id state",
    "claim": "mediation_id n:int text",
    "case_mediator": "mediation_id mediator_id name chosen_by role",
    "participant": "mediation_id name relation organisation phone consented_on consented_by",
    "extension": "mediation_id kind from_on until_on days:int asked_by consented_on reason",
    "party": (
        "mediation_id side n:int kind person_id name alias sex ethnicity birth_date occupation "
        "phone address id_type id_no legal_rep uscc minor:bool protected:bool own_living:bool guardian "
        "guardian_relation representative:bool agreed_on refused_on told_on told_by told_way"
    ),
    "agent": "mediation_id party_id name sex relation phone address id_no powers letter_on",
    "inquiry": (
        "mediation_id n:int held_at ended_at place subject respondent respondent_id investigators "
        "recorder text"
    ),
    "sitting": (
        "mediation_id n:int held_at ended_at place openness subject informed:bool avoidance "
        "avoidance_note talk topics ladder accord verification result fail_reason "
        "remedies_told:bool recorder next_at"
    ),
    "presence": "mediation_id sitting_id who_id name role",
    "agreement": (
        "mediation_id form facts issues responsibilities performance_mode performance_text breach "
        "reached_on copies:int recorder state replaced_on replaced_why"
    ),
    "agreement_term": (
        "mediation_id agreement_id n:int kind text ower_id ower payee_id payee amount:int way way_text "
        "due_on state performed_on performed_amount:int note"
    ),
    "signature": "mediation_id paper target_id role signer_id name signed_on way",
    "follow_up": (
        "mediation_id agreement_id party_id party_name visited_at mode subject performance satisfaction "
        "litigation litigation_note relapse_risk:bool measures visitor matter_id"
    ),
    "confirmation": (
        "mediation_id agreement_id court applied_on applied_way state decided_on decision_no reason facts"
    ),
    "sweep": "committee_id swept_on place found:int prevented:int handled:int by_names note",
    "opponent": "consultation_id kind name id_no uscc phone",
    "citation": "consultation_id n:int law title article version_on",
    "conflict_check": (
        "noun for_id adviser_id adviser_name checked_at checked_by result strength hit_noun hit_id "
        "hit_number reason"
    ),
    "interest": "user_id mediator_id name id_no uscc phone relation until_on",
    "joint_day": "held_on hours place theme note",
    "joint_seat": "joint_day_id name organisation post role user_id came:bool",
    "attachment": (
        "noun target_id slot party_id n:int name mime size:int sha256 pages:int width:int "
        "height:int turn:int kind note added_at added_by state"
    ),
    "local_value": "noun target_id form key value",
}
_ADDED = {
    "mediation": (
        "committee_id case_no title dispute_type source referrer referral_letter referred_back_on "
        "referred_to difficulty intensity risk_outlook risk_flags summary remark small:bool "
        "oral_application:bool informed_ack:bool applied_on registered_at registrar_name registrar_id "
        "accepted_on scope_ok:bool barred competence rejected_on reject_reason refused_on "
        "refused_by headcount:int ended_on end_cause end_reason remedies_told_on grade graded_by "
        "graded_on prevented prevented_people:int dossier_note keeping filed_by checked_by filed_on "
        "archived_on archived_from first_archived_on profile_version"
    ),
    "consultation": (
        "channel consulted_at person_id name_told identity_refused:bool sex_told birth_date age:int "
        "phone_told id_no_told uscc_told address_told person_class no_opponent:bool category topic "
        "question procedures procedure_note limitation_kind happened_on known_on still_employed:bool "
        "real_estate:bool interrupted_on "
        "interrupted_by limitation_note answer disposition disposition_note referred_to adviser_id "
        "adviser_name licence_no disclaimer_ack:bool aid_class aid_told:bool aid_note conflict "
        "appointment_at finished_at rating signed:bool mediation_id joint_day_id registrar_id "
        "profile_version"
    ),
    "visit": "joint_day_id",
    "report": "mediation_id",
    "consent": "consultation_id",
}
_LOCAL = {
    "conflict_key": "row:int* key:key! noun:key! record_id:key! case_id:key! side:key!",
    "statute_text": "row:int* law:key! article:key! version text",
}
_INDEXES = (
    ("ix_agent_mediation_id", "agent", "mediation_id"),
    ("ix_agent_party_id", "agent", "party_id"),
    ("ix_agreement_mediation_id", "agreement", "mediation_id"),
    ("ix_agreement_standing", "agreement", "mediation_id state void record_id form reached_on"),
    ("ix_agreement_term_last", "agreement_term", "agreement_id due_on void"),
    ("ix_agreement_term_mediation_id", "agreement_term", "mediation_id"),
    ("ix_agreement_term_state_due_on", "agreement_term", "state due_on"),
    ("ix_attachment_sha256", "attachment", "sha256"),
    ("ix_attachment_state_added_at", "attachment", "state added_at"),
    ("ix_attachment_target_id", "attachment", "target_id"),
    ("ix_case_mediator_mediation_id", "case_mediator", "mediation_id"),
    ("ix_case_mediator_mediator_id", "case_mediator", "mediator_id"),
    ("ix_citation_consultation_id", "citation", "consultation_id"),
    ("ix_claim_mediation_id", "claim", "mediation_id"),
    ("ix_committee_name", "committee", "name"),
    ("ix_confirmation_mediation_id", "confirmation", "mediation_id"),
    ("ix_conflict_check_adviser_id", "conflict_check", "adviser_id"),
    ("ix_conflict_check_for_id", "conflict_check", "for_id"),
    ("ix_conflict_key_key", "conflict_key", "key"),
    ("ix_conflict_key_record_id", "conflict_key", "record_id"),
    ("ix_consent_consultation_id", "consent", "consultation_id"),
    ("ix_consultation_joint_day_id", "consultation", "joint_day_id"),
    ("ix_consultation_list", "consultation", "consulted_at record_id state void"),
    ("ix_consultation_person_id", "consultation", "person_id"),
    ("ix_consultation_state_consulted_at", "consultation", "state consulted_at"),
    ("ix_extension_mediation_id", "extension", "mediation_id"),
    ("ix_follow_up_mediation_id", "follow_up", "mediation_id"),
    ("ix_inquiry_mediation_id", "inquiry", "mediation_id"),
    ("ix_interest_mediator_id", "interest", "mediator_id"),
    ("ix_interest_user_id", "interest", "user_id"),
    ("ix_joint_day_held_on", "joint_day", "held_on"),
    ("ix_joint_seat_joint_day_id", "joint_seat", "joint_day_id"),
    ("ix_local_value_target_id", "local_value", "target_id"),
    ("ix_mediation_case_no", "mediation", "case_no"),
    ("ix_mediation_committee_id", "mediation", "committee_id"),
    ("ix_mediation_list", "mediation", "registered_at record_id state void"),
    ("ix_mediation_state", "mediation", "state registered_at record_id void"),
    ("ix_mediator_committee_id", "mediator", "committee_id"),
    ("ix_mediator_user_id", "mediator", "user_id"),
    ("ix_opponent_consultation_id", "opponent", "consultation_id"),
    ("ix_opponent_id_no", "opponent", "id_no"),
    ("ix_opponent_name", "opponent", "name"),
    ("ix_opponent_phone", "opponent", "phone"),
    ("ix_opponent_uscc", "opponent", "uscc"),
    ("ix_participant_mediation_id", "participant", "mediation_id"),
    ("ix_party_id_no", "party", "id_no"),
    ("ix_party_mediation_id", "party", "mediation_id"),
    ("ix_party_name", "party", "name"),
    ("ix_party_person_id", "party", "person_id"),
    ("ix_party_phone", "party", "phone"),
    ("ix_party_uscc", "party", "uscc"),
    ("ix_presence_mediation_id", "presence", "mediation_id"),
    ("ix_presence_sitting_id", "presence", "sitting_id"),
    ("ix_report_mediation_id", "report", "mediation_id"),
    ("ix_signature_mediation_id", "signature", "mediation_id"),
    ("ix_signature_last", "signature", "target_id role signed_on void"),
    ("ix_sitting_mediation_id", "sitting", "mediation_id"),
    ("ix_statute_text_law_article", "statute_text", "law article"),
    ("ix_sweep_swept_on", "sweep", "swept_on"),
)

_TYPES = {"": sa.Text, "key": sa.String, "int": sa.Integer, "bool": sa.Boolean, "json": sa.JSON}
# Moments and days are text too, but one that nobody has written is absent.
_ABSENT = ("_at", "_on")
_BEFORE = "record_id:key* scope_id:key version:int"
_AFTER = "void:bool void_reason:key field_op:json extra:json"


def upgrade(op: Operations) -> None:
    """Create the new tables and add what the old ones gained."""
    for name, columns in _LOCAL.items():
        op.create_table(name, *(_column(each) for each in columns.split()))
    for name, columns in _NEW.items():
        op.create_table(name, *(_column(each) for each in f"{_BEFORE} {columns} {_AFTER}".split()))
    for name, columns in _ADDED.items():
        for each in columns.split():
            op.add_column(name, _column(each, default=True))
    for name, table, columns in _INDEXES:
        op.create_index(name, table, columns.split())
    joint = sa.text("joint_day_id != ''")
    op.create_index("ix_visit_joint_day_id", "visit", ["joint_day_id"], sqlite_where=joint)


def _column(spec: str, *, default: bool = False) -> sa.Column[object]:
    name, _, kind = spec.rstrip("*!").partition(":")
    key = spec.endswith("*")
    untouched = None
    if default and not name.endswith(_ABSENT) and name != "birth_date":
        untouched = sa.text("0") if kind else sa.text("''")
    bound = key or spec.endswith("!")
    return sa.Column(name, _TYPES[kind](), primary_key=key, nullable=not bound, server_default=untouched)
