"""What is done in one seeded case."""

from datetime import date, timedelta
from typing import Any

import pytest

from desk.services.seed import disputes
from desk.services.seed.batch import Batch
from desk.services.seed.case_work import CaseWork
from desk.services.seed.dice import Dice
from tests.factories import MORNING

UNTIL = date(2026, 11, 20)


def worked(last: str, *, small: bool = False, archived: bool = False) -> tuple[dict[str, Any], Batch]:
    batch = Batch()
    case: dict[str, Any] = {"record_id": "c1", "title": "漏水", "summary": "漏水", "small": small}
    case["accepted_on"] = MORNING.date()
    work = CaseWork(Dice(3), UNTIL, batch, case, disputes.DISPUTES[0], MORNING, last)
    work.parties(None)
    work.mediators([{"record_id": f"m{n}", "name": "周某"} for n in range(3)])
    work.end(archived=archived)
    return case, batch


def test_a_written_agreement_is_signed_by_everybody_and_sealed() -> None:
    """MED-12."""
    _case, batch = worked("performed")
    assert batch.rows["agreement"][0]["form"] == "written"
    roles = [row["role"] for row in batch.rows["signature"]]
    assert roles.count("party") == len(batch.rows["party"])
    assert {"mediator", "recorder", "seal"} < set(roles)
    assert {row["state"] for row in batch.rows["agreement_term"]} == {"performed"}


def test_a_small_case_is_oral_and_has_no_sitting() -> None:
    _case, batch = worked("performed", small=True)
    assert batch.rows["agreement"][0]["form"] == "oral"
    assert "signature" not in batch.rows
    assert "sitting" not in batch.rows


@pytest.mark.parametrize("last", ["terminated", "refused", "referred_out"])
def test_an_end_tells_the_other_ways(last: str) -> None:
    """MED-08."""
    case, batch = worked(last, archived=True)
    assert "agreement" not in batch.rows
    assert case["remedies_told_on"] >= case["accepted_on"]
    assert case["archived_from"] == last
    assert case["archived_on"] <= UNTIL + timedelta(days=0)
