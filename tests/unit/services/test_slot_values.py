"""The slot file as values: every change gives a new one."""

from datetime import datetime, timedelta

from desk.services import keys
from desk.services.lockout import Tries
from desk.services.slot_values import PASSWORD, Failed, Slot, SlotFile

NOW = datetime.fromisoformat("2026-11-23T09:00:00+08:00")
WRAP = keys.Wrap(keys.FLOOR, b"", b"", b"")


def _slot(user_id: str, name: str = "王某某") -> Slot:
    return Slot(user_id, name, "工作人员", PASSWORD, "", NOW, None, WRAP)


def test_a_slot_is_added_replaced_in_place_and_removed_with_its_failures() -> None:
    file = SlotFile("s", "").with_slot(_slot("a")).with_slot(_slot("b")).with_slot(_slot("a", "李某"))
    assert [(slot.user_id, slot.name) for slot in file.slots] == [("a", "李某"), ("b", "王某某")]
    file = file.with_tries("a", Tries(3)).with_tries("b", Tries(1)).without_slot("a")
    assert file.slot("a") is None
    assert file.tries == (("b", Tries(1)),)


def test_no_failures_leave_no_trace() -> None:
    file = SlotFile("s", "").with_tries("a", Tries(3))
    assert file.tries_of("a").failures == 3
    assert file.with_tries("a", Tries()).tries == ()
    assert file.tries_of("nobody") == Tries()


def test_the_journal_keeps_the_newest_and_counts_what_went() -> None:
    file = SlotFile("s", "")
    for minute in range(503):
        file = file.with_failure(Failed(NOW + timedelta(minutes=minute), "a", PASSWORD))
    assert len(file.journal) == 500
    assert file.journal_dropped == 3
    assert file.journal[-1].at == NOW + timedelta(minutes=502)
