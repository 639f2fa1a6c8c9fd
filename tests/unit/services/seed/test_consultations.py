"""A consultation of the seed has what its visit knows: the first start finds nothing to take over."""

from datetime import timedelta

from desk.services.seed.batch import Batch
from desk.services.seed.consultations import consultation
from tests.factories import MORNING

LINKED = {"record_id": "c1", "matter_id": "m1", "number": "ZX2026-A0001"}
MATTER = {"statement": "楼上漏水，物业不管。", "request": "想知道该找谁。"}
VISIT = {
    "finished_at": MORNING,
    "kind": "station",
    "safety": "none",
    "anonymous": False,
    "registrar_id": "u1",
    "profile_version": "2026.1",
    "name_told": "王某某",
    "phone_told": "13800000000",
}


def test_an_old_one_is_answered_and_a_new_one_waits() -> None:
    old = consultation(Batch(), LINKED, VISIT, MATTER, MORNING.date() + timedelta(days=60))
    new = consultation(Batch(), LINKED, VISIT, MATTER, MORNING.date())
    assert (old["state"], old["conflict"], bool(old["answer"])) == ("finished", "clear", True)
    assert (new["state"], new["conflict"], new["answer"]) == ("registered", "unchecked", "")
    assert old["consulted_at"] == MORNING
    assert old["question"] == "楼上漏水，物业不管。\n想知道该找谁。"
    assert (old["name_told"], old["phone_told"]) == ("王某某", "13800000000")


def test_that_of_a_safe_visit_is_out_of_its_registrars_view() -> None:
    safe = consultation(Batch(), LINKED, VISIT | {"safety": "confidential"}, MATTER, MORNING.date())
    assert safe["registrar_id"] == ""
