"""A way out for each of the hub's reasons."""

from desk.hub import sentences
from desk.services.tray import reasons

# What stops a whole request is told by the light, not by the list.
OF_REQUESTS = {
    *("waits_for_others", "bad_message", "unknown_device", "no_grant", "no_such", "halted", "too_large"),
    *("too_old", "busy", "unready"),
}


def test_every_reason_of_the_hub_has_a_way_out() -> None:
    for code in sentences._SENTENCES.keys() - OF_REQUESTS:
        assert reasons.advice(code) != reasons.advice("of another century"), code


def test_an_unknown_reason_is_tried_again() -> None:
    assert "再送" in reasons.advice("of another century")
