"""What two lives of a scope share (sync.md 2.5, rule 6)."""

from desk.wire.epochs import ALL, Epoch, kept_version

ONE, TWO, THREE = Epoch("e1", 0), Epoch("e2", 10), Epoch("e3", 7)


def test_the_lowest_restore_since_my_life_counts() -> None:
    assert kept_version([ONE], [ONE, TWO]) == 10
    assert kept_version([ONE], [ONE, TWO, THREE]) == 7
    assert kept_version([ONE, TWO], [ONE, TWO, THREE]) == 7
    assert kept_version([ONE], [ONE, THREE, Epoch("e4", 12)]) == 7


def test_a_life_the_hub_forgot_counts_too() -> None:
    """The backup restored the second time was made before the first restore: its history has no e2."""
    assert kept_version([ONE, TWO], [ONE, Epoch("e3", 15)]) == 10
    assert kept_version([ONE, TWO], [ONE, THREE]) == 7
    assert kept_version([ONE, TWO], [ONE]) == 10


def test_nothing_in_common_shares_nothing() -> None:
    assert kept_version([], [ONE]) == 0
    assert kept_version([Epoch("x", 0)], [ONE, TWO]) == 0


def test_one_life_shares_everything() -> None:
    assert kept_version([ONE, TWO], [ONE, TWO]) == ALL


def test_an_epoch_comes_back() -> None:
    assert Epoch.from_json(TWO.to_json()) == TWO
