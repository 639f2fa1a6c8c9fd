"""Mediations of the seed are what the rules would have let happen."""

from collections import Counter
from datetime import date, timedelta

from desk.rules.dispute_codes import DISPUTE_TYPE, SOURCE
from desk.rules.mediation_labels import STATE
from desk.services.profile import load_default
from desk.services.seed.batch import Batch
from desk.services.seed.cases import Room
from desk.services.seed.dice import Dice
from desk.services.seed.matters import Rules
from tests.factories import MORNING

UNTIL = date(2026, 11, 20)


def three_years(count: int) -> tuple[Room, Batch]:
    batch = Batch()
    room = Room(Rules(load_default(), UNTIL), Dice(5), "device", "u1", MORNING)
    room.open(batch)
    for n in range(count):
        at = MORNING + timedelta(hours=24 * 260 * n // count)
        room.case(batch, at, f"TJ{n}")
    return room, batch


def test_every_code_is_one_of_the_tables() -> None:
    _room, batch = three_years(600)
    for case in batch.rows["mediation"]:
        assert case["dispute_type"] in DISPUTE_TYPE
        assert case["source"] in SOURCE
        assert case["state"] in STATE
    states = Counter(case["state"] for case in batch.rows["mediation"])
    assert {"archived", "performed", "mediating", "agreed_oral", "registered"} <= states.keys()


def test_case_numbers_run_without_holes_by_committee_and_year() -> None:
    """CL-5."""
    room, batch = three_years(600)
    given = [case["case_no"] for case in batch.rows["mediation"] if case.get("case_no")]
    assert len(given) == len(set(given)) == sum(room.spent.values())
    assert {row.kind.split(":")[0] for row in room.counters()} == {"case"}


def test_accepted_cases_have_all_they_need() -> None:
    _room, batch = three_years(600)
    accepted = {case["record_id"] for case in batch.rows["mediation"] if case.get("accepted_on")}
    assert {row["mediation_id"] for row in batch.rows["case_mediator"]} == accepted
    sides = Counter((row["mediation_id"], row["side"]) for row in batch.rows["party"])
    assert all(sides[case_id, side] for case_id in accepted for side in ("applicant", "respondent"))


def test_the_same_seed_gives_the_same_cases() -> None:
    assert three_years(50)[1].rows == three_years(50)[1].rows
