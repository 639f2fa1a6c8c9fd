from desk.services.outcome import Done


def test_a_verb_says_what_changed() -> None:
    done = Done("LF2026-A0001", frozenset({"visit"}))
    assert (done.value, done.changed) == ("LF2026-A0001", {"visit"})
    assert Done(None).changed == frozenset()
