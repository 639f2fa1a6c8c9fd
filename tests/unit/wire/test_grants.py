"""What a role may write of a record, name by name."""

from desk.wire import grants


def test_the_county_writes_the_card_of_a_station_and_no_word_of_a_visit() -> None:
    assert grants.refused("county", "station", "patch", ["phone", "name"]) == ()
    assert grants.refused("county", "visit", "patch", ["place", "safety"]) == ("place", "safety")
    assert grants.refused("head", "visit", "patch", ["place"]) == ()


def test_what_it_may_not_begin_is_refused_as_a_whole() -> None:
    assert grants.refused("county", "station", "insert", ["name"]) == ("name",)
    assert grants.refused("county", "station", "insert", []) == ("station",)


def test_void_is_a_right_of_its_own() -> None:
    assert grants.refused("county", "station", "void", ["void", "void_reason"]) == ("void", "void_reason")
    assert grants.refused("clerk", "visit", "void", ["void"]) == ()


def test_what_nobody_knows_is_nobodys() -> None:
    assert grants.refused("county", "planet", "patch", ["mass"]) == ("mass",)
    assert grants.refused("county", "station", "patch", ["mass"]) == ("mass",)
