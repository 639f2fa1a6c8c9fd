"""The nouns of 法律咨询, joint reception days, and what any record carries: attachments, local fields."""

from desk.wire.codecs import BOOL, CODE, CODES, DATE, ID, INSTANT, INT, TEXT
from desk.wire.fields import Conflict, declare, declare_later, field

_FACT, _WORDS, _SET = Conflict.FACT, Conflict.WORDS, Conflict.SET
_STATE, _NUMBER = Conflict.STATE, Conflict.NUMBER

CONSULTATION = declare(
    "consultation",
    matter_id=field(ID),
    number=field(TEXT, _NUMBER),
    state=field(CODE, _STATE),
    channel=field(CODE, since=2),
    consulted_at=field(INSTANT, since=2),
    person_id=field(ID, since=2),
    name_told=field(TEXT, since=2),
    identity_refused=field(BOOL, since=2),
    sex_told=field(CODE, since=2),
    birth_date=field(DATE, since=2),
    age=field(INT, since=2),
    phone_told=field(TEXT, since=2),
    id_no_told=field(TEXT, since=2),
    uscc_told=field(TEXT, since=2),
    address_told=field(TEXT, since=2),
    person_class=field(CODES, _SET, since=2),
    no_opponent=field(BOOL, since=2),
    category=field(CODE, since=2),
    topic=field(CODES, _SET, since=2),
    question=field(TEXT, _WORDS, since=2),
    procedures=field(CODES, _SET, since=2),
    procedure_note=field(TEXT, since=2),
    limitation_kind=field(CODE, since=2),
    happened_on=field(DATE, since=2),
    known_on=field(DATE, since=2),
    still_employed=field(BOOL, since=2),
    real_estate=field(BOOL, since=2),
    interrupted_on=field(DATE, since=2),
    interrupted_by=field(CODE, since=2),
    limitation_note=field(TEXT, _WORDS, since=2),
    answer=field(TEXT, _WORDS, since=2),
    disposition=field(CODE, since=2),
    disposition_note=field(TEXT, _WORDS, since=2),
    referred_to=field(TEXT, since=2),
    adviser_id=field(ID, since=2),
    adviser_name=field(TEXT, since=2),
    licence_no=field(TEXT, since=2),
    disclaimer_ack=field(BOOL, since=2),
    aid_class=field(CODE, since=2),
    aid_told=field(BOOL, since=2),
    aid_note=field(TEXT, _WORDS, since=2),
    conflict=field(CODE, _STATE, since=2),
    appointment_at=field(INSTANT, since=2),
    finished_at=field(INSTANT, since=2),
    rating=field(CODE, since=2),
    signed=field(BOOL, since=2),
    mediation_id=field(ID, since=2),
    joint_day_id=field(ID, since=2),
    registrar_id=field(ID, since=2),
    profile_version=field(TEXT, since=2),
)

OPPONENT = declare_later(
    "opponent",
    "consultation",
    2,
    consultation_id=field(ID),
    kind=field(CODE),
    name=field(TEXT),
    id_no=field(TEXT),
    uscc=field(TEXT),
    phone=field(TEXT),
)

CITATION = declare_later(
    "citation",
    "consultation",
    2,
    consultation_id=field(ID),
    n=field(INT),
    law=field(TEXT),
    title=field(TEXT),
    article=field(TEXT),
    version_on=field(DATE),
)

CONFLICT_CHECK = declare_later(
    "conflict_check",
    "conflict_check",
    2,
    noun=field(CODE, _FACT),
    for_id=field(ID, _FACT),
    adviser_id=field(ID, _FACT),
    adviser_name=field(TEXT, _FACT),
    checked_at=field(INSTANT, _FACT),
    checked_by=field(ID, _FACT),
    result=field(CODE, _FACT),
    strength=field(CODE, _FACT),
    hit_noun=field(CODE, _FACT),
    hit_id=field(ID, _FACT),
    hit_number=field(TEXT, _FACT),
    reason=field(TEXT, _FACT),
)

INTEREST = declare_later(
    "interest",
    "interest",
    2,
    user_id=field(ID),
    mediator_id=field(ID),
    name=field(TEXT),
    id_no=field(TEXT),
    uscc=field(TEXT),
    phone=field(TEXT),
    relation=field(TEXT),
    until_on=field(DATE),
)

JOINT_DAY = declare_later(
    "joint_day",
    "joint_day",
    2,
    held_on=field(DATE),
    hours=field(TEXT),
    place=field(TEXT),
    theme=field(TEXT),
    note=field(TEXT, _WORDS),
)

JOINT_SEAT = declare_later(
    "joint_seat",
    "joint_day",
    2,
    joint_day_id=field(ID),
    name=field(TEXT),
    organisation=field(TEXT),
    post=field(TEXT),
    role=field(CODE),
    user_id=field(ID),
    came=field(BOOL),
)

ATTACHMENT = declare_later(
    "attachment",
    "attachment",
    2,
    noun=field(CODE),
    target_id=field(ID),
    slot=field(CODE),
    party_id=field(ID),
    n=field(INT),
    name=field(TEXT),
    mime=field(CODE),
    size=field(INT),
    sha256=field(TEXT),
    pages=field(INT),
    width=field(INT),
    height=field(INT),
    turn=field(INT),
    kind=field(CODE),
    note=field(TEXT),
    added_at=field(INSTANT),
    added_by=field(ID),
    state=field(CODE, _STATE),
)

LOCAL_VALUE = declare_later(
    "local_value",
    "local_value",
    2,
    noun=field(CODE),
    target_id=field(ID),
    form=field(CODE),
    key=field(CODE),
    value=field(TEXT, _WORDS),
)

ALL = (
    CONSULTATION, OPPONENT, CITATION, CONFLICT_CHECK, INTEREST, JOINT_DAY, JOINT_SEAT,
    ATTACHMENT, LOCAL_VALUE,
)  # fmt: skip
