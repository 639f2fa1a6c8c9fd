"""Row = fold(shadow, pending ops) (sync.md 2.2)."""

from dataclasses import replace

from desk.models.fold import fold
from desk.wire.heads import Head
from desk.wire.records import RECORDS
from tests.unit.wire.test_op import OP

MATTER = RECORDS["matter"]


def test_without_ops_a_record_is_its_shadow() -> None:
    head = fold(MATTER, Head(3, {"subject": "路灯"}, {"*": "o1"}), [])
    assert (head.version, head.fields["subject"], head.fields["state"]) == (3, "路灯", "")


def test_ops_lie_over_the_shadow_in_their_order() -> None:
    first, second = replace(OP, op="o2", set={"state": "closed"}), replace(OP, op="o3", set={"state": "open"})
    head = fold(MATTER, Head(1, {"subject": "路灯"}, {"*": "o1"}), [first, second])
    assert (head.fields["subject"], head.fields["state"]) == ("路灯", "open")
    assert head.field_op == {"*": "o1", "state": "o3"}


def test_a_record_the_hub_never_saw_is_its_ops() -> None:
    head = fold(MATTER, None, [replace(OP, op="o1", kind="insert", set={"subject": "路灯"}, base={})])
    assert (head.version, head.fields["subject"], head.field_op) == (0, "路灯", {"*": "o1"})


def test_what_a_newer_version_sent_is_kept() -> None:
    """sync.md 2.11."""
    head = fold(MATTER, Head(1, {"mood": "good"}, {"*": "o1"}), [])
    assert MATTER.split(head.fields)[1] == {"mood": "good"}
