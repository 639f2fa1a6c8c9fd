"""The visitors of the demo are of every kind the issue asks for."""

from desk.demo import callers


def test_the_visitors_are_of_every_kind() -> None:
    assert any(ord(letter) > 0xFFFF for letter in callers.RARE.name)
    assert callers.GROUP.lines["人数"] == "3"
    assert callers.RETURNING.name == callers.EARLIER.name
    assert callers.ANONYMOUS.called == "不愿透露"
    assert callers.SAFE.ticks == ("检举控告",)
    assert len({caller.outcome for caller in callers.MORNING}) == 5
