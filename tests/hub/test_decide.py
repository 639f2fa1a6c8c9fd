"""What becomes of each op of a push (sync.md 2.4, step 6)."""

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given as draws
from hypothesis import strategies as st

from desk.hub import checking, sync
from desk.wire.incoming import OpIn
from desk.wire.messages import ACCEPTED, Answer, Pushed
from desk.wire.op import Op
from desk.wire.records import SCHEMA
from tests.hub.hub_ops import SCOPE, given, op, push
from tests.sync.memory import MemoryLedger
from tests.unit.wire.test_incoming import JSON

BORN = op("o1", set={"subject": "路灯"})


@pytest.fixture
def ledger() -> MemoryLedger:
    return MemoryLedger(SCOPE, "e1")


def tell(ledger: MemoryLedger, *ops: Op | OpIn) -> list[Answer]:
    answered = sync.push(ledger, push(*ops))
    assert isinstance(answered, Pushed)
    assert [each.op for each in answered.answers] == [each.op for each in ops]
    return list(answered.answers)


def verdicts(answers: list[Answer]) -> list[tuple[str, str]]:
    return [(each.verdict, each.code) for each in answers]


def test_an_op_is_applied_once(ledger: MemoryLedger) -> None:
    (first,) = tell(ledger, BORN)
    again, twice = tell(ledger, BORN, BORN)
    assert (first.verdict, again.verdict, twice.verdict) == ("applied", "duplicate", "duplicate")
    assert first.result == again.result == twice.result


def test_a_duplicate_tells_the_version_of_the_first_time(ledger: MemoryLedger) -> None:
    """The one bug the model found in the first draft."""
    tell(ledger, BORN)
    answers = tell(ledger, BORN, op("o2", rec="r2"))
    assert [each.result["version"] for each in answers if each.result] == [1, 2]


def test_the_same_id_with_another_body_is_kept(ledger: MemoryLedger) -> None:
    tell(ledger, BORN)
    assert verdicts(tell(ledger, replace(BORN, set={"subject": "树"}))) == [("quarantined", "op_id_reuse")]
    assert verdicts(tell(ledger, BORN)) == [("duplicate", "")]


@pytest.mark.parametrize(
    ("made", "code"),
    [
        (op("o2", rec="r 2"), "not_an_op"),
        (op("o2", scope="S:other", rec="r2"), "wrong_scope"),
        (op("o2", type="moon"), "unknown_noun"),
        (op("o2", rec="r2", set={"mood": "good"}), "unknown_field"),
        (op("o2", rec="r2", set={"subject": 7}), "bad_value"),
        (op("o2", rec="r2", set={"subject": "\0"}), "bad_value"),
        (op("o2", rec="r2", set={"state": "no code"}), "bad_value"),
        (op("o2", rec="r2", at="yesterday"), "bad_value"),
        (op("o2"), "record_exists"),
        (op("o2", "patch", rec="r2", set={"subject": "x"}), "no_record"),
    ],
)
def test_what_can_never_be_applied_is_kept_and_said(ledger: MemoryLedger, made: Op, code: str) -> None:
    tell(ledger, BORN)
    (answer,) = tell(ledger, made)
    assert (answer.verdict, answer.code) == ("quarantined", code)
    assert answer.sentence
    assert code in [held.code for held in ledger.state.held["o2"]]
    # Told again when it comes again, and kept once.
    assert tell(ledger, made) == [answer]
    assert len(ledger.state.held["o2"]) == 1
    assert ledger.state.scope.version == 1


def test_what_is_no_op_at_all_has_its_place_in_the_answers(ledger: MemoryLedger) -> None:
    bad = OpIn.of({"op": 7})
    assert verdicts(tell(ledger, bad, BORN)) == [("quarantined", "not_an_op"), ("applied", "")]


def test_an_op_waits_for_the_base_nobody_has_brought(ledger: MemoryLedger) -> None:
    late = op("o2", "patch", set={"subject": "树"}, base={"subject": "o1"})
    (answer,) = tell(ledger, late)
    assert (answer.verdict, answer.code, answer.bases) == ("deferred", "unknown_base", ("o1",))
    assert verdicts(tell(ledger, BORN, late)) == [("applied", ""), ("applied", "")]


def test_what_stands_on_a_bad_op_is_kept_with_it(ledger: MemoryLedger) -> None:
    bad = op("o1", set={"subject": 7})
    after = op("o2", "patch", set={"request": "修"}, base={"request": "o1"})
    assert verdicts(tell(ledger, bad, after)) == [("quarantined", "bad_value"), ("quarantined", "blocked")]
    later = op("o3", "patch", set={"request": "换"}, base={"request": "o2"})
    assert verdicts(tell(ledger, later)) == [("quarantined", "blocked")]


def test_a_bad_op_delays_only_its_own_record(ledger: MemoryLedger) -> None:
    """I8."""
    tell(ledger, BORN)
    bad = op("o2", "patch", set={"subject": 7}, base={"subject": "o1"})
    same = op("o3", "patch", set={"request": "修"}, base={"request": "o1"})
    other = op("o4", rec="r2")
    answers = tell(ledger, bad, same, other)
    assert [each.verdict for each in answers] == ["quarantined", "quarantined", "applied"]


def test_ops_of_one_save_stand_or_fall_together(ledger: MemoryLedger) -> None:
    good, bad = op("o2", rec="r2", tx="t"), op("o3", rec="r3", tx="t", set={"subject": 7})
    assert verdicts(tell(ledger, good, bad, BORN)) == [
        ("quarantined", "blocked"),
        ("quarantined", "bad_value"),
        ("applied", ""),
    ]
    assert set(ledger.state.heads) == {("matter", "r1")}


def test_ops_of_one_save_wait_together(ledger: MemoryLedger) -> None:
    tell(ledger, op("o1", set={}))
    early = op("o2", rec="r2", tx="t")
    late = op("o3", "patch", tx="t", set={"subject": "x"}, base={"subject": "o0"})
    assert verdicts(tell(ledger, early, late)) == [
        ("deferred", "waits_for_others"),
        ("deferred", "unknown_base"),
    ]
    assert ledger.state.scope.version == 1


def test_a_noun_of_a_newer_desk_waits_and_its_fields_are_carried(ledger: MemoryLedger) -> None:
    """sync.md 2.11."""
    moon = op("o2", type="moon", schema=SCHEMA + 1)
    field = op("o3", set={"mood": "good"}, schema=SCHEMA + 1)
    assert verdicts(tell(ledger, moon, field)) == [("deferred", "newer"), ("applied", "")]
    assert ledger.state.heads["matter", "r1"].head.fields == {"mood": "good"}


def test_a_change_of_others_above_the_cursor_is_told(ledger: MemoryLedger) -> None:
    tell(ledger, BORN)
    made = op("o2", "patch", device="d2", set={"request": "修"}, base={"request": "o1"})
    assert sync.push(ledger, push(made, cursor=0)).answers[0].verdict == "merged"
    made = op("o3", "patch", device="d3", set={"category": "路"}, base={"category": "o1"})
    assert sync.push(ledger, push(made, cursor=2)).answers[0].verdict == "applied"


def test_two_pcs_with_one_number(ledger: MemoryLedger) -> None:
    one, two = (op(f"o{n}", type="visit", rec=f"v{n}", set={"number": "LF2026-A0001"}) for n in (1, 2))
    assert [each.verdict for each in tell(ledger, one, two)] == ["applied", "conflict"]
    assert verdicts(tell(ledger, op("o3", type="visit", rec="v3", set={"number": "LF2026-A0001"}))) == [
        ("conflict", "")
    ]


def test_a_conflict_is_closed_once(ledger: MemoryLedger) -> None:
    tell(ledger, BORN, op("o2", "patch", set={"subject": "树"}, base={"subject": "o1"}))
    (lost,) = tell(ledger, op("o3", "patch", device="d2", set={"subject": "井"}, base={"subject": "o1"}))
    conflict = lost.revision(b"").conflicts[0]
    base = {"subject": conflict.theirs_op, f"conflict:{conflict.id}": conflict.mine_op}
    (closed,) = tell(ledger, op("o4", "close", set={"subject": "井"}, base=base))
    assert closed.revision(b"").closed == (conflict.id,)
    assert ledger.state.heads["matter", "r1"].head.fields["subject"] == "井"
    (again,) = tell(ledger, op("o5", "close", device="d2", set={"subject": "树"}, base=base))
    assert again.verdict == "conflict"
    assert again.revision(b"").closed == ()


BODY: dict[str, Any] = json.loads(BORN.to_bytes())
HARD = (
    st.sampled_from(["o1", "r1", "S:1", "insert", "patch", "void", "close", "matter", "user", SCOPE]) | JSON
)


@draws(st.lists(st.dictionaries(st.sampled_from(sorted(BODY)), HARD, max_size=4), max_size=5))
def test_whatever_comes_gets_an_answer_and_is_somewhere(changes: list[dict[str, Any]]) -> None:
    """sync.md 3, fault 16: nothing a desk sends stops the hub, and nothing of it vanishes."""
    ledger = MemoryLedger(SCOPE, "e1")
    ops = [OpIn.of({**BODY, **change}) for change in changes]
    answered = sync.push(ledger, push(BORN, *ops))
    assert isinstance(answered, Pushed)
    for each, answer in zip((*given(BORN), *ops), answered.answers, strict=True):
        held = any(kept.sha256 == each.sha256 for kept in ledger.state.held.get(each.op, ()))
        assert answer.verdict in ACCEPTED or held or answer.verdict == "deferred"


def test_reading_needs_no_lock() -> None:
    reads = checking.read_all(push(BORN, OpIn.of({})))
    assert [(each.place, each.code) for each in reads] == [(0, ""), (1, "not_an_op")]


def user(name: str, kind: str = "insert", **said: Any) -> Op:
    return op(name, kind, type="user", user="head", **said)


def test_what_a_disabled_user_did_is_kept_and_said(ledger: MemoryLedger) -> None:
    """sync.md 2.4, step 1: not lost, and not taken."""
    tell(ledger, user("u1-born", rec="u1", set={"name": "钱某某"}), BORN)
    before = op("o2", "patch", set={"request": "修"}, base={"request": "o1"})
    disabled = user("u1-off", "patch", rec="u1", set={"disabled": True}, base={"disabled": "u1-born"})
    after = op("o3", rec="r3")
    # What came before it counts, in one batch too.
    assert verdicts(tell(ledger, before, disabled, after)) == [
        ("applied", ""),
        ("applied", ""),
        ("quarantined", "user_disabled"),
    ]
    (answer,) = tell(ledger, op("o4", "patch", set={"subject": "树"}, base={"subject": "o1"}))
    assert (answer.verdict, answer.code) == ("quarantined", "user_disabled")
    assert "已停用" in answer.sentence
    assert ledger.state.heads["matter", "r1"].head.fields["subject"] == "路灯"
    # What was accepted stays so, others go on, and the chain of what happened has no hole.
    taken = tell(ledger, before, op("o5", rec="r5", user="u2"), op("o6", type="audit", rec="a1"))
    assert [each.verdict for each in taken] == ["duplicate", "applied", "applied"]


def test_a_user_who_comes_back_goes_on(ledger: MemoryLedger) -> None:
    tell(ledger, user("u1-born", rec="u1", set={"disabled": True}))
    assert tell(ledger, op("o2", rec="r2"))[0].code == "user_disabled"
    tell(ledger, user("u1-on", "patch", rec="u1", set={"disabled": False}, base={"disabled": "u1-born"}))
    assert tell(ledger, op("o3", rec="r3"))[0].verdict == "applied"


def test_what_was_accepted_before_a_restore_is_taken_although_its_user_was_disabled_since(
    ledger: MemoryLedger,
) -> None:
    """The hub's own seal says that it was."""
    tell(ledger, user("u1-born", rec="u1", set={"disabled": True}))
    first, second = op("o2", rec="r2"), op("o3", rec="r3")
    message = push(first, second)
    answer = sync.push(ledger, message, vouched=frozenset({"o2"}))
    assert isinstance(answer, Pushed)
    assert [(each.verdict, each.code) for each in answer.answers] == [
        ("applied", ""),
        ("quarantined", "user_disabled"),
    ]
