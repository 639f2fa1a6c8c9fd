"""The tray as whoever is at the desk sees it, and the four ways to close a question."""

import pytest

from desk.errors import AccessProblem, InputProblem
from desk.models import plain
from desk.models.matter import Matter
from desk.models.store import Store
from desk.models.visit import Visit
from desk.services.tray.values import Way
from tests.unit.services.sync.round_stage import change, value
from tests.unit.services.tray.tray_stage import CLERK, LAWYER, Two

MINE, THEIRS = "路灯坏了。老人摔倒了。", "路灯坏了。已经报修。"
STATEMENT = "来访 LF2026-A0288 · 反映问题"


def words(two: Two) -> None:
    two.both_change(Matter, two.matter.record_id, "statement", THEIRS, MINE)


def ops(store: Store) -> list[tuple[object, ...]]:
    with store.read() as rows:
        return plain.ask(rows, "SELECT body FROM outbox")


def test_a_question_says_whose_where_and_what_it_was(two: Two) -> None:
    words(two)
    asked = two.question()
    assert asked.title == STATEMENT
    assert (asked.kind, asked.ways) == ("words", ("mine", "theirs", "both", "third"))
    assert (asked.mine.text, asked.theirs.text, asked.before) == (MINE, THEIRS, "路灯坏了。没有人管。")
    assert asked.mine.who == asked.theirs.who == "周某某"
    assert asked.mine.at is not None
    assert asked.station == "示例街道人大代表联络站"
    assert asked.may_close
    assert [each.text for each in asked.mine.pieces if each.differs] == ["老人摔倒了。"]
    assert two.tray().marks().records == {("visit", two.visit.record_id)}


@pytest.mark.parametrize(
    ("way", "text", "wanted"),
    [
        ("mine", "", MINE),
        ("theirs", "", THEIRS),
        ("third", "路灯坏了，已报修，有人摔倒。", "路灯坏了，已报修，有人摔倒。"),
    ],
)
def test_each_way_stands_here_at_once_and_on_both_after_a_round(
    two: Two, way: Way, text: str, wanted: str
) -> None:
    words(two)
    asked = two.question()
    assert two.tray().preview(asked.id, way, text) == wanted
    done = two.tray().close(asked.id, way, text, asked.stand)
    assert {"matter", "conflict"} <= done.changed
    assert value(two.one, Matter, two.matter.record_id, "statement") == wanted
    looked = two.tray().look()
    assert (looked.questions, looked.closed[0].sent, two.tray().marks().count) == ((), False, 0)
    two.round()
    for store in (two.one, two.two):
        assert value(store, Matter, two.matter.record_id, "statement") == wanted
        (past,) = two.tray(store=store).look().closed
        assert (past.mine.text, past.theirs.text, past.chosen) == (MINE, THEIRS, wanted)
        assert (past.who, past.sent) == ("周某某", True)


def test_both_texts_are_kept_with_who_said_which(two: Two) -> None:
    words(two)
    asked = two.question()
    two.tray().close(asked.id, "both", "", asked.stand)
    kept = value(two.one, Matter, two.matter.record_id, "statement")
    assert kept.index(THEIRS) < kept.index(MINE)
    assert kept.count("（周某某 2026-11-23 09:00）") == 2


def test_a_plain_value_is_not_joined_and_is_starred(two: Two) -> None:
    two.both_change(Visit, two.visit.record_id, "phone_told", "13800000001", "13900000002")
    asked = two.question()
    assert asked.starred
    assert asked.ways == ("mine", "theirs", "third")
    assert "*" in asked.mine.text
    assert two.tray().reveal(asked.id).value.mine == "13900000002"
    with two.one.read() as rows:
        said = plain.ask(rows, "SELECT action, noun, fields FROM audit ORDER BY n DESC LIMIT 1")
    assert said == [("reveal", "visit", "phone_told")]
    with pytest.raises(InputProblem):
        two.tray().close(asked.id, "both")


def test_a_refused_step_is_told_and_never_forced_through(two: Two) -> None:
    two.both_change(Matter, two.matter.record_id, "state", "closed", "reopened")
    asked = two.question()
    assert asked.kind == "state"
    assert asked.sentence.startswith("这一步没有做成：周某某已经把状态改为“已办结”")
    assert asked.ways == ("theirs",)
    with pytest.raises(InputProblem):
        two.tray().close(asked.id, "mine")
    two.tray().close(asked.id, "theirs")
    two.round()
    assert two.tray(store=two.two).look().questions == ()


def test_nobody_decides_over_a_value_they_have_not_seen(two: Two) -> None:
    words(two)
    asked = two.question()
    change(two.one, Matter, two.matter.record_id, statement="刚改过。")
    with pytest.raises(InputProblem) as told:
        two.tray().close(asked.id, "mine", "", asked.stand)
    assert told.value.field == "stand"
    again = two.question()
    assert (again.theirs.text, again.theirs.edited) == ("刚改过。", True)
    two.tray().close(again.id, "mine", "", again.stand)
    assert value(two.one, Matter, two.matter.record_id, "statement") == MINE


def test_two_decisions_at_the_same_time_meet_and_none_is_lost(two: Two) -> None:
    words(two)
    asked = two.question()
    two.tray().close(asked.id, "mine")
    two.tray(store=two.two).close(asked.id, "third", "第三种说法。")
    two.round()
    (left,) = two.tray().look().questions
    assert {left.mine.text, left.theirs.text} == {MINE, "第三种说法。"}


def test_a_closed_question_is_not_closed_again(two: Two) -> None:
    words(two)
    asked = two.question()
    two.tray().close(asked.id, "theirs")
    with pytest.raises(InputProblem):
        two.tray().close(asked.id, "mine")
    with pytest.raises(InputProblem):
        two.tray().close("nobody", "mine")
    with pytest.raises(InputProblem):
        two.tray().preview(asked.id, "third", "字")


def test_an_empty_third_text_is_refused(two: Two) -> None:
    words(two)
    with pytest.raises(InputProblem) as told:
        two.tray().close(two.question().id, "third", "  ")
    assert told.value.field == "third"


def test_who_may_not_read_the_visit_sees_neither_question_nor_count(two: Two) -> None:
    words(two)
    tray = two.tray(LAWYER)
    asked = two.question()
    assert tray.look().questions == ()
    assert tray.look().hidden
    assert tray.marks().count == 0
    for forbidden in (lambda: tray.close(asked.id, "mine"), lambda: tray.preview(asked.id, "mine")):
        with pytest.raises(AccessProblem):
            forbidden()


def test_a_safe_visit_is_for_its_receiver_and_the_head_only(two: Two) -> None:
    change(two.one, Visit, two.visit.record_id, safety="confidential", state="finished")
    two.round()
    words(two)
    assert two.tray(CLERK).look().questions == ()
    assert two.tray(CLERK).marks().records == frozenset()
    assert two.question().title == STATEMENT


def test_a_locked_desk_shows_nothing(two: Two) -> None:
    words(two)
    tray = two.tray()
    tray._session.lock()
    assert tray.marks().count == 0
    with pytest.raises(AccessProblem):
        tray.look()
