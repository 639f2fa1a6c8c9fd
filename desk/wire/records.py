"""Every synced noun, each field declared once: codec, conflict class, field group, introduced-in.

A field stands in its noun's group unless it names another; `rules/rights.py` says which role may write
which group.
The typed tables in `models/` have exactly these columns; a test holds both together.
"""

from collections.abc import Mapping

from desk.wire import advice_records, case_records
from desk.wire.codecs import BOOL, CODE, CODES, DATE, ID, INSTANT, INT, TEXT
from desk.wire.fields import Conflict, Record, declare, declare_later, field

# The schema ops are written in. Fields are only ever added; a changed meaning is a new name (sync.md 2.11).
SCHEMA = 3

_FACT, _OWNED, _WORDS = Conflict.FACT, Conflict.OWNED, Conflict.WORDS
_SET, _STATE, _NUMBER = Conflict.SET, Conflict.STATE, Conflict.NUMBER

STATION = declare(
    "station",
    name=field(TEXT),
    code=field(TEXT),
    kind=field(CODE),
    level=field(CODE),
    area=field(TEXT),
    address=field(TEXT),
    phone=field(TEXT),
    open_hours=field(TEXT),
    parent=field(TEXT),
    notice_version=field(TEXT),
    notice_text=field(TEXT, _WORDS),
)

DEVICE = declare(
    "device",
    letter=field(TEXT),
    name=field(TEXT),
    key_id=field(TEXT),
    public_key=field(TEXT),
    incarnation=field(ID),
    added_at=field(INSTANT),
)

USER = declare(
    "user",
    name=field(TEXT),
    initials=field(TEXT),
    roles=field(CODES, _SET),
    deputy_id=field(ID),
    disabled=field(BOOL),
    licence_no=field(TEXT),
)

# The code itself is only ever on paper; who has it signs on at another PC of the station.
ENTRY_CODE = declare_later(
    "entry_code",
    "user",
    3,
    user_id=field(ID, _FACT),
    digest=field(TEXT, _FACT),
    until=field(INSTANT, _FACT),
)

DEPUTY = declare(
    "deputy",
    name=field(TEXT),
    alias=field(TEXT),
    name_initials=field(TEXT),
    sex=field(CODE),
    ethnicity=field(TEXT),
    birth_date=field(DATE),
    phone=field(TEXT),
    post=field(TEXT),
    consultative=field(BOOL),
    state=field(CODE, _STATE),
    departed_on=field(DATE),
    remark=field(TEXT, _WORDS),
)

MANDATE = declare(
    "mandate",
    deputy_id=field(ID),
    level=field(INT),
    constituency=field(TEXT),
    electing_unit=field(TEXT),
    group_name=field(TEXT),
    term=field(TEXT),
    state=field(CODE, _STATE),
)

DUTY = declare(
    "duty",
    deputy_id=field(ID),
    name_told=field(TEXT),
    started_at=field(INSTANT),
    ended_at=field(INSTANT),
    vouched_by=field(ID),
    by_pin=field(BOOL),
)

PERSON = declare(
    "person",
    name=field(TEXT),
    alias=field(TEXT),
    name_initials=field(TEXT),
    sex=field(CODE),
    phone=field(TEXT),
    id_type=field(CODE),
    id_no=field(TEXT),
    address=field(TEXT),
    grid=field(TEXT),
    birth_date=field(DATE),
    merged_into=field(ID),
)

VISIT = declare(
    "visit",
    number=field(TEXT, _NUMBER),
    spoken=field(TEXT, _NUMBER),
    kind=field(CODE),
    state=field(CODE, _STATE),
    safety=field(CODE, group="safety"),
    safe_contact=field(TEXT, _WORDS, group="safety"),
    person_id=field(ID),
    name_told=field(TEXT),
    anonymous=field(BOOL),
    phone_told=field(TEXT),
    id_no_told=field(TEXT),
    address_told=field(TEXT),
    grid_told=field(TEXT),
    sex_told=field(CODE),
    headcount=field(INT),
    own_voter=field(CODE),
    first_or_repeat=field(CODE),
    place=field(TEXT),
    arrived_at=field(INSTANT),
    received_at=field(INSTANT),
    finished_at=field(INSTANT),
    entered_at=field(INSTANT),
    backfilled=field(BOOL),
    pad_no=field(TEXT, _NUMBER),
    registrar_id=field(ID),
    smile_at=field(INSTANT),
    tea_at=field(INSTANT),
    comfort_at=field(INSTANT),
    comfort_note=field(TEXT, _WORDS),
    litigation=field(BOOL),
    reopen_reason=field(TEXT, _WORDS),
    profile_version=field(TEXT),
    joint_day_id=field(ID, since=2),
    age_told=field(CODE, since=3),
)

COMPANION = declare("companion", visit_id=field(ID), name_told=field(TEXT), phone_told=field(TEXT))

RECEIVER = declare(
    "receiver", visit_id=field(ID), deputy_id=field(ID), name=field(TEXT), levels_text=field(TEXT)
)

MATTER = declare(
    "matter",
    visit_id=field(ID),
    subject=field(TEXT),
    statement=field(TEXT, _WORDS),
    request=field(TEXT, _WORDS),
    deputy_view=field(TEXT, _WORDS),
    category=field(TEXT),
    outcome=field(CODE),
    level=field(CODE),
    state=field(CODE, _STATE),
    proposed_unit=field(TEXT),
    fast_track=field(BOOL),
    answer_text=field(TEXT, _WORDS),
    guide_to=field(TEXT),
    guide_reason=field(TEXT, _WORDS),
    tell_by=field(DATE),
    tell_by_rule=field(TEXT),
    closed_at=field(INSTANT),
)

CONSENT = declare(
    "consent",
    visit_id=field(ID),
    notice_version=field(TEXT),
    told_at=field(INSTANT),
    told_by=field(ID),
    phone_ok=field(BOOL),
    contact_ok=field(BOOL),
    legal_basis=field(TEXT),
    consultation_id=field(ID, since=2),
)

REPORT = declare(
    "report",
    visit_id=field(ID),
    kind=field(CODE),
    reported_at=field(INSTANT),
    recipient=field(TEXT),
    reporter=field(TEXT),
    mediation_id=field(ID, since=2),
)

REPLY = declare(
    "reply",
    matter_id=field(ID, _FACT),
    replied_at=field(INSTANT, _FACT),
    way=field(CODE, _FACT),
    text=field(TEXT, _FACT),
    by_name=field(TEXT, _FACT),
)

RATING = declare(
    "rating",
    about=field(CODE, _FACT),
    visit_id=field(ID, _FACT),
    matter_id=field(ID, _FACT),
    value=field(CODE, _FACT),
    reason=field(TEXT, _FACT),
    asked_at=field(INSTANT, _FACT),
    rated_at=field(INSTANT, _FACT),
)

PROPOSAL = declare(
    "proposal",
    matter_id=field(ID),
    level=field(CODE),
    unit=field(TEXT),
    fast_track=field(BOOL),
    number=field(TEXT, _NUMBER),
)

RECEIPT = declare(
    "receipt",
    visit_id=field(ID, _OWNED),
    number=field(TEXT, _NUMBER),
    spoken=field(TEXT, _NUMBER),
    token_sha256=field(TEXT, _OWNED),
    key_id=field(TEXT, _OWNED),
    issued_at=field(INSTANT, _OWNED),
    plain=field(BOOL, _OWNED),
)

PRINT_JOB = declare(
    "print_job",
    paper=field(CODE, _OWNED),
    target_id=field(TEXT, _OWNED),
    number=field(TEXT, _NUMBER),
    state=field(CODE, _STATE),
    copies=field(INT, _OWNED),
    reprint=field(INT, _OWNED),
    at=field(INSTANT, _OWNED),
    note=field(TEXT, _OWNED),
)

AUDIT = declare(
    "audit",
    n=field(INT, _FACT),
    prev=field(TEXT, _FACT),
    alg=field(CODE, _FACT),
    at=field(INSTANT, _FACT),
    device_id=field(ID, _FACT),
    user_id=field(TEXT, _FACT),
    action=field(CODE, _FACT),
    noun=field(CODE, _FACT),
    target_id=field(TEXT, _FACT),
    fields=field(TEXT, _FACT),
    ok=field(BOOL, _FACT),
    hash=field(TEXT, _FACT),
)

ALL = (
    STATION, DEVICE, USER, ENTRY_CODE, DEPUTY, MANDATE, DUTY, PERSON,
    VISIT, COMPANION, RECEIVER, MATTER, CONSENT, REPORT, REPLY, RATING,
    PROPOSAL, RECEIPT, PRINT_JOB, AUDIT, *case_records.ALL, *advice_records.ALL,
)  # fmt: skip

RECORDS: Mapping[str, Record] = {record.noun: record for record in ALL}
