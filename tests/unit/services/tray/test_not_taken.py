"""What the hub did not take: told in words, sent again, or given up and kept."""

from typing import Any

import pytest

from desk.errors import AccessProblem, InputProblem
from desk.models import plain
from desk.models.matter import Matter
from desk.services.tray import not_taken
from desk.wire.messages import Answer
from tests import factories
from tests.fake_hub import patch
from tests.unit.services.sync.round_stage import change, count, go, save, value
from tests.unit.services.tray.tray_stage import LAWYER, Two

SENTENCE = "这条改动里有一项填得不合规定，县里已原样保管"


def refuse(noun: str) -> Any:
    def answer(op: dict[str, Any]) -> Answer | None:
        return Answer(op["op"], "quarantined", None, "bad_value", SENTENCE) if op["type"] == noun else None

    return answer


def refused(two: Two) -> str:
    two.hub.refuse = refuse("matter")
    change(two.one, Matter, two.matter.record_id, subject="路灯不亮了")
    go(two.one, two.hub)
    (found,) = two.tray().look().not_taken
    return found.id


def test_it_says_what_was_wanted_why_not_and_what_to_do(two: Two) -> None:
    refused(two)
    (found,) = two.tray().look().not_taken
    assert (found.title, found.text, found.who) == ("来访 LF2026-A0288", "事由：路灯不亮了", "周某某")
    assert (found.sentence, found.may_give_up, found.may_act) == (SENTENCE, True, True)
    assert "改好" in found.advice
    assert two.tray().marks().count == 1
    assert two.tray(LAWYER).look().not_taken == ()


def test_sent_again_it_is_taken(two: Two) -> None:
    name = refused(two)
    two.hub.refuse = lambda _op: None
    assert "matter" in two.tray().send_again(name).changed
    two.round()
    assert two.tray().look().not_taken == ()
    assert value(two.two, Matter, two.matter.record_id, "subject") == "路灯不亮了"


def test_given_up_it_leaves_the_record_and_stays_to_read(two: Two) -> None:
    name = refused(two)
    assert value(two.one, Matter, two.matter.record_id, "subject") == "路灯不亮了"
    two.tray().give_up(name)
    assert value(two.one, Matter, two.matter.record_id, "subject") == "路灯不亮"
    looked = two.tray().look()
    assert looked.not_taken == ()
    assert [(each.title, each.text, each.who) for each in looked.left] == [
        ("来访 LF2026-A0288", "事由：路灯不亮了", "周某某")
    ]
    assert two.tray().marks().count == 0
    # The round finds a sound store, also with the number of the given-up op gone from the outbox.
    go(two.one, two.hub)
    assert count(two.one, "attention") == 1


def test_a_record_the_hub_never_took_goes_with_all_that_was_written_to_it(two: Two) -> None:
    two.hub.refuse = refuse("person")
    person = factories.person(name="王某某")
    save(two.one, person)
    change(two.one, type(person), person.record_id, address="示例路 9 号")
    go(two.one, two.hub)
    first, second = two.tray().look().not_taken
    assert (first.with_it, second.with_it) == (1, 0)
    two.tray().give_up(first.id)
    assert two.tray().look().not_taken == ()
    assert len(two.tray().look().left) == 2
    with two.one.read() as rows:
        assert plain.ask(rows, "SELECT count(*) FROM person") == [(0,)]


def test_what_is_still_to_be_sent_stops_a_giving_up(two: Two) -> None:
    name = refused(two)
    change(two.one, Matter, two.matter.record_id, request="修好")
    with pytest.raises(InputProblem):
        two.tray().give_up(name)


def test_who_may_not_change_the_record_may_do_neither(two: Two) -> None:
    name = refused(two)
    for forbidden in (two.tray(LAWYER).give_up, two.tray(LAWYER).send_again):
        with pytest.raises(AccessProblem):
            forbidden(name)
    with pytest.raises(InputProblem):
        two.tray().give_up("nobody")


def test_a_value_no_field_takes_is_shown_as_it_was_written() -> None:
    assert not_taken.wanted("matter", {"set": {"tell_by": "昨天"}}) == "去向告知期限：昨天"
    assert not_taken.wanted("dream", {"set": {"x": {"add": ["a"], "remove": []}}}) == "x：a"
    many = not_taken.wanted("matter", {"set": dict.fromkeys("abcdefgh", "1")})
    assert many.endswith("等 8 项")
    assert not_taken.wanted("matter", not_taken._op(b"no json")) == ""
    assert "*" in not_taken.wanted("visit", {"set": {"phone_told": "13800000001"}})


def test_values_kept_aside_are_told_and_may_be_put_down(two: Two) -> None:
    two.hub.write([patch("f1", "visit", two.visit.record_id, _by(two), joint_day_id="不是编号")])
    two.round()
    (found,) = two.tray().look().not_taken
    assert (found.title, found.may_send, found.may_give_up, found.with_it) == (
        "来访 LF2026-A0288",
        False,
        True,
        0,
    )
    assert (found.text, "没有采用" in found.sentence) == ("联合接待日", True)
    assert "重新填好" in found.advice
    with pytest.raises(InputProblem):
        two.tray().send_again(found.id)
    change(two.one, Matter, two.matter.record_id, subject="路灯不亮了")
    two.tray().give_up(found.id)
    assert value(two.one, Matter, two.matter.record_id, "subject") == "路灯不亮了"
    looked = two.tray().look()
    assert (looked.not_taken, [each.id for each in looked.left]) == ((), [found.id])
    two.round()
    assert two.tray().marks().count == 0


def _by(two: Two) -> str:
    return two.hub.heads["visit", two.visit.record_id].op_of("joint_day_id")
