"""A visit of the seed leaves behind what a finished visit does."""

from datetime import date, timedelta

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from desk.rules import receipts
from desk.rules.numbers import is_spoken
from desk.services.profile import load_default
from desk.services.seed.batch import Batch
from desk.services.seed.cases import Room
from desk.services.seed.deputies import SeededDeputy
from desk.services.seed.dice import Dice
from desk.services.seed.matters import Rules
from desk.services.seed.visits import Desk, Reception
from tests.factories import MORNING

KEY = Ed25519PrivateKey.from_private_bytes(bytes(32))
DEPUTY = SeededDeputy("d1", "李某某", "镇")


def morning(count: int) -> tuple[Reception, Batch]:
    rules = Rules(load_default(), date(2026, 11, 20))
    dice, batch = Dice(9), Batch()
    room = Room(rules, dice, "d1", "u1", MORNING)
    room.open(batch)
    reception = Reception(Desk("A", "0a1b2c3d", KEY, "u1", rules), dice, room)
    for n in range(count):
        reception.receive(batch, MORNING + timedelta(minutes=n), [DEPUTY])
    return reception, batch


def test_everything_hangs_on_its_visit() -> None:
    _reception, batch = morning(400)
    ids = {row["record_id"] for row in batch.rows["visit"]}
    assert len(ids) == 400
    for noun in ("matter", "receiver", "consent", "receipt"):
        assert {row["visit_id"] for row in batch.rows[noun]} == ids
    assert {row["target_id"] for row in batch.rows["print_job"]} < ids
    assert {"proposal", "mediation", "consultation", "companion", "reply", "rating"} <= batch.rows.keys()


def test_numbers_are_spent_once_and_spoken_ones_check() -> None:
    reception, batch = morning(400)
    visits = batch.rows["visit"]
    assert [visits[0]["number"], visits[-1]["number"]] == ["LF2026-A0001", "LF2026-A0400"]
    assert reception.spent["visit", 2026] == 400
    spoken = {row["spoken"] for row in visits}
    assert len(spoken) == 400
    assert all(map(is_spoken, spoken))


def test_people_come_back() -> None:
    _reception, batch = morning(400)
    linked = [row["person_id"] for row in batch.rows["visit"] if row.get("person_id")]
    assert len(set(linked)) == len(batch.rows["person"]) < 0.6 * len(linked)


def test_safe_and_anonymous_visits_make_nobody_known() -> None:
    _reception, batch = morning(1500)
    visits = batch.rows["visit"]
    known = {row["record_id"] for row in batch.rows["person"]}
    assert {row["safety"] for row in visits} == {"none", "confidential", "domestic_violence", "accusation"}
    assert all(row.get("person_id", "") in known | {""} for row in visits)
    anonymous = [row for row in visits if row["anonymous"]]
    assert anonymous
    assert not any("name_told" in row or "person_id" in row for row in anonymous)
    plain = {row["visit_id"] for row in batch.rows["receipt"] if row["plain"]}
    assert plain == {row["record_id"] for row in visits if row["safety"] != "none"}


def test_every_code_is_signed() -> None:
    _reception, batch = morning(20)
    for _receipt_id, token, text in batch.secrets:
        code = receipts.unpack(text)
        assert code.body.token == token
        KEY.public_key().verify(code.signature, receipts.signed_part(code.body))


def test_entries_have_rows_of_their_own() -> None:
    _reception, batch = morning(50)
    rows = [entry[0] for entry in batch.entries]
    assert len(rows) == len(set(rows))
    assert sorted(rows)[0] >> 12 == int(MORNING.timestamp() * 1000)


def test_a_mediation_has_the_visitor_as_its_applicant() -> None:
    _reception, batch = morning(400)
    visits = {row["record_id"]: row for row in batch.rows["visit"]}
    matters = {row["record_id"]: row for row in batch.rows["matter"]}
    first = {row["mediation_id"]: row for row in batch.rows["party"] if row["n"] == 1}
    for case in batch.rows["mediation"]:
        visit = visits[matters[case["matter_id"]]["visit_id"]]
        assert first[case["record_id"]]["person_id"] == visit.get("person_id", "")
        assert case["title"] == matters[case["matter_id"]]["subject"]
