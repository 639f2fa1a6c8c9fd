"""One program a folder."""

from pathlib import Path

from desk.ui.place import Place


def test_only_the_first_takes_the_place(tmp_path: Path) -> None:
    first, second, other = Place(tmp_path), Place(tmp_path), Place(tmp_path / "b")
    assert first.take()
    assert not second.take()
    assert other.take()
    first.give_up()
    assert second.take()
    second.give_up()
    other.give_up()
