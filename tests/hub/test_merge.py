"""The table of sync.md 2.7, class by class."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.hub.merge import CLOSES, RULES, Past, Refusal, Result, conflict_id, merge
from desk.wire.fields import Conflict as Class
from desk.wire.heads import Head
from desk.wire.records import RECORDS
from tests.hub.hub_ops import op

MATTER, VISIT, USER, RATING = (RECORDS[noun] for noun in ("matter", "visit", "user", "rating"))
HEAD = Head(3, {"subject": "路灯", "state": "open", "roles": "clerk"}, {"*": "o1", "subject": "o2"})


def patch(values: dict[str, Any], base: dict[str, str], **said: Any) -> Any:
    return op("o9", "patch", set=values, base=base, **said)


def settle(made: Any, head: Head | None = HEAD, record: Any = MATTER, **past: Any) -> Result:
    return merge(record, head, made, Past(**past))


def test_every_class_has_its_rule() -> None:
    assert set(RULES) == set(Class)


def test_an_insert_is_taken_as_it_is() -> None:
    result = settle(op("o9", set={"subject": "路灯", "state": "open"}), None)
    assert result == Result("applied", {"subject": "路灯", "state": "open"})


def test_a_set_is_born_with_its_elements() -> None:
    made = op("o9", set={"roles": {"add": ["head", "clerk"], "remove": []}})
    assert settle(made, None, USER).set == {"roles": "clerk,head"}


@pytest.mark.parametrize(
    ("made", "head", "code"),
    [
        (op("o9", set={}), HEAD, "record_exists"),
        (op("o9", set={"void": True}), None, "born_void"),
        (op("o9", "patch", set={"subject": "x"}), None, "no_record"),
        (op("o9", "close", set={}), HEAD, "closes_nothing"),
    ],
)
def test_what_can_never_be_applied(made: Any, head: Head | None, code: str) -> None:
    with pytest.raises(Refusal, match=code):
        settle(made, head)


def test_class_a_a_fact_is_never_changed() -> None:
    with pytest.raises(Refusal, match="fact_changed"):
        settle(patch({"reason": "x"}, {"reason": "o1"}), record=RATING)


@pytest.mark.parametrize(("name", "reason"), [("subject", "shared"), ("statement", "words")])
def test_classes_c_and_d_a_known_base_is_replaced(name: str, reason: str) -> None:
    assert settle(patch({name: "树"}, {name: HEAD.op_of(name)})) == Result("applied", {name: "树"})
    lost = settle(patch({name: "树"}, {name: "o0"}))
    assert (lost.outcome, lost.set) == ("conflict", {})
    (conflict,) = lost.conflicts
    assert (conflict.field, conflict.mine, conflict.theirs, conflict.reason) == (
        name,
        "树",
        HEAD.fields.get(name),
        reason,
    )
    assert (conflict.mine_op, conflict.theirs_op) == ("o9", HEAD.op_of(name))
    assert conflict.id == conflict_id("o9", name) != conflict_id("o8", name)


def test_the_same_value_from_both_is_no_question() -> None:
    assert settle(patch({"subject": "路灯"}, {"subject": "o0"})) == Result("merged", {})


def test_a_parallel_update_of_other_fields_is_told() -> None:
    assert settle(patch({"subject": "树"}, {"subject": "o2"}), moved=True).outcome == "merged"


def test_one_lost_field_does_not_take_the_others_with_it() -> None:
    result = settle(patch({"subject": "树", "request": "修"}, {"subject": "o0", "request": "o1"}))
    assert (result.outcome, result.set, len(result.conflicts)) == ("conflict", {"request": "修"}, 1)


def test_class_e_additions_and_removals_of_both_are_joined() -> None:
    made = patch({"roles": {"add": ["head"], "remove": ["clerk"]}}, {"roles": "o0"})
    assert settle(made, record=USER) == Result("merged", {"roles": "head"})
    assert settle(patch({"roles": {"add": ["head"], "remove": []}}, {"roles": "o1"}), record=USER) == Result(
        "applied", {"roles": "clerk,head"}
    )


def test_class_e_an_addition_wins_over_a_removal_at_the_same_time() -> None:
    """Since o0, which this desk knew, somebody took the clerk out and another put it in again."""
    made = patch({"roles": {"add": [], "remove": ["clerk"]}}, {"roles": "o0"})
    sets = (
        ("o0", "roles", {"add": ["clerk"], "remove": []}),
        ("o3", "roles", {"add": [], "remove": ["clerk"]}),
        ("o4", "roles", {"add": ["clerk"], "remove": []}),
    )
    assert settle(made, record=USER, sets=sets).set == {"roles": "clerk"}
    assert settle(made, record=USER, sets=sets[:2]).set == {"roles": ""}


def test_class_f_a_step_counts_from_the_state_it_left() -> None:
    made = patch({"state": "closed"}, {"state": "o0"}, was={"state": "open"})
    assert settle(made) == Result("merged", {"state": "closed"})
    refused = settle(patch({"state": "closed"}, {"state": "o1"}, was={"state": "proposed"}))
    assert (refused.outcome, refused.conflicts[0].reason) == ("conflict", "state")
    assert settle(patch({"state": "open"}, {"state": "o0"}, was={"state": "proposed"})).outcome == "merged"
    assert settle(patch({"state": "closed"}, {"state": "o1"})).set == {"state": "closed"}


def test_class_g_a_tombstone_of_what_its_desk_knew() -> None:
    made = op("o9", "void", set={"void": True, "void_reason": "重复"}, base=dict(HEAD.field_op))
    assert settle(made).set == {"void": True, "void_reason": "重复"}


def test_class_g_an_edit_the_desk_had_not_seen_beats_its_tombstone() -> None:
    made = op("o9", "void", set={"void": True, "void_reason": "重复"}, base={"*": "o1"})
    result = settle(made)
    assert (result.outcome, result.set) == ("conflict", {})
    assert (result.conflicts[0].field, result.conflicts[0].theirs_op) == ("void", "o2")


DEAD = Head(
    4,
    {**HEAD.fields, "void": True, "void_reason": "重复"},
    {**HEAD.field_op, "void": "o5", "void_reason": "o5"},
)


def test_class_g_an_edit_brings_a_void_record_back_and_asks() -> None:
    result = settle(patch({"subject": "树"}, {"subject": "o2"}), DEAD)
    assert result.set == {"subject": "树", "void": False, "void_reason": ""}
    assert (result.conflicts[0].field, result.conflicts[0].mine_op) == ("void", "o5")


def test_class_g_two_tombstones_keep_both_reasons() -> None:
    made = op("o9", "void", set={"void": True, "void_reason": "写错"}, base=dict(HEAD.field_op))
    result = settle(made, DEAD)
    assert (result.conflicts[0].field, result.conflicts[0].mine) == ("void_reason", "写错")
    same = op("o9", "void", set={"void": True, "void_reason": "重复"}, base=dict(HEAD.field_op))
    assert settle(same, DEAD) == Result("merged", {})


def test_class_h_a_number_handed_out_twice_stands_and_is_flagged() -> None:
    result = settle(op("o9", set={"number": "LF2026-A0312"}), None, VISIT, numbers={"number": "o4"})
    assert result.set == {"number": "LF2026-A0312"}
    assert (result.outcome, result.conflicts[0].reason, result.conflicts[0].theirs_op) == (
        "conflict",
        "number",
        "o4",
    )
    late = settle(patch({"number": "n2"}, {"number": "o1"}), HEAD, VISIT, numbers={"number": "o4"})
    assert (late.set, late.conflicts[0].theirs_op) == ({"number": "n2"}, "o4")


def test_a_field_of_a_newer_schema_is_a_shared_scalar() -> None:
    """sync.md 2.11."""
    assert settle(patch({"mood": "good"}, {"mood": "o1"})).set == {"mood": "good"}
    assert settle(patch({"mood": "good"}, {"mood": "o0"}), record=None).outcome == "conflict"


def test_a_choice_to_delete_yields_to_what_was_written_meanwhile() -> None:
    voids = {"void": True, "void_reason": "核对后作废"}
    opened = {"c1": ("void", "o5")}
    knew = op(
        "o9",
        "close",
        set=voids,
        base={**HEAD.field_op, "void": "o1", "void_reason": "o1", "conflict:c1": "o5"},
    )
    result = settle(knew, conflicts=opened)
    assert (result.set, result.closed, result.conflicts) == (voids, ("c1",), ())
    unseen = op(
        "o9", "close", set=voids, base={"*": "o1", "void": "o1", "void_reason": "o1", "conflict:c1": "o5"}
    )
    result = settle(unseen, conflicts=opened)
    assert (result.set, result.closed) == ({}, ("c1",))
    assert (result.conflicts[0].field, result.conflicts[0].mine_op) == ("void", "o9")


def test_a_closing_op_has_both_losing_ops_as_bases() -> None:
    base = {"subject": "o2", f"{CLOSES}c1": "o7", f"{CLOSES}c2": "o8"}
    made = op("o9", "close", set={"subject": "树"}, base=base)
    result = settle(made, conflicts={"c1": ("subject", "o7")})
    assert (result.closed, result.set, result.outcome) == (("c1",), {"subject": "树"}, "applied")


VALUES = st.sampled_from(["", "路灯", "树", True, False, 0, 1, None])


@given(st.dictionaries(st.sampled_from(["subject", "statement", "number"]), VALUES), st.booleans())
def test_no_value_is_dropped_without_a_word(values: dict[str, Any], knew: bool) -> None:
    """I6: what an op wants is the head's, equal to it, or in a conflict."""
    base = {name: HEAD.op_of(name) if knew else "o0" for name in values}
    result = settle(patch(values, base), record=VISIT)
    for name, value in values.items():
        asked = [each for each in result.conflicts if each.field == name and each.mine == value]
        assert result.set.get(name, "?") == value or asked or (HEAD.fields.get(name) or "") == (value or "")


@pytest.mark.parametrize(
    ("noun", "name", "stands", "made", "taken"),
    [
        ("agreement", "state", 7, {"was": {"state": ""}, "set": {"state": "kept"}}, "kept"),
        ("mediation", "risk_flags", "A B", {"set": {"risk_flags": {"add": ["arms"], "remove": []}}}, "arms"),
        ("mediation", "applied_on", "gestern", {"set": {"applied_on": "2026-11-26"}}, "2026-11-26"),
    ],
)
def test_what_is_none_of_a_fields_values_does_not_keep_it_from_being_filled_in(
    noun: str, name: str, stands: Any, made: dict[str, Any], taken: str
) -> None:
    """Somebody wrote it before the hub knew the field (sync.md 2.11); desks show the field as untouched."""
    record = RECORDS[noun]
    assert record.by_name[name].since > 1
    head = Head(3, {name: stands}, {"*": "o1", name: "o2"})
    result = settle(op("o9", "patch", base={name: "o2"}, **made), head, record)
    assert (result.outcome, result.set) == ("applied", {name: taken})
