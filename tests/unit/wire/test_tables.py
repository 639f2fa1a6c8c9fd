"""Objects taken apart into columns: the form each column takes, and that all comes together again."""

from typing import Any

import pytest

from desk.wire.codecs import WireError
from desk.wire.tables import Apart, Together, differences, filled

ONE, OTHER = "0198a0b0-0000-7000-8000-000000000001", "0198a0b0-0000-7000-8000-000000000002"
ROWS: list[dict[str, Any]] = [
    {"id": ONE, "n": 7, "at": "2026-11-23T09:00", "by": "u1", "set": {"state": "open"}, "of": []},
    {"id": OTHER, "n": 9, "at": "2026-11-23T09:05", "by": "u1", "set": {"words": "路灯"}, "of": [{"x": 1}]},
    {"id": ONE, "n": 8, "at": "2026-11-23T10:00", "by": "u1", "set": {"words": ""}, "of": [{"x": 2}, {}]},
    {"n": 8, "by": "u1"},
]


def together(apart: Apart, room: int = 10_000) -> Together:
    """Put the ids of a column into a list, as `packing` does, and the numbers into one."""
    ids = sorted({each for column in apart.numbers for each in column if isinstance(each, str)})
    columns = [
        differences([ids.index(str(each)) for each in column]) if isinstance(column[0], str) else column
        for column in apart.numbers
    ]
    return Together([int(each) for column in columns for each in column], apart.values, ids, room)


def test_each_column_takes_the_form_that_fits() -> None:
    apart = Apart()
    count, shapes, constants, columns = apart.take(ROWS)
    assert (count, constants) == (4, {"by": "u1"})
    assert shapes == [["id", "n", "at", "by", "set", "of"], ["n", "by"]]
    assert [each[0] for each in columns] == ["id", "n", "at", "set", "of"]
    assert columns[2] == ["at", 1, "2026-11-23T~~:0~"]
    # Shapes of the rows; ids; numbers and digits as differences; shapes of what is set; lengths; shapes; x.
    assert apart.numbers[:4] == [[0, 0, 0, 1], [ONE, OTHER, ONE], [7, 2, -1, 0], [1090, 5, 5]]
    assert apart.numbers[4:] == [[0, 1, 1], [0, 1, 2], [0, 0, 1], [1, 1]]
    assert apart.values == ["路灯", ""]


def test_they_come_together_with_their_names_in_the_same_order() -> None:
    apart = Apart()
    form = apart.take(ROWS)
    again = together(apart)
    out = again.put(form)
    assert repr(out) == repr(ROWS)
    assert again.is_used_up()


def test_true_is_not_one_and_a_fraction_is_no_constant() -> None:
    for values in ([True, 1], [1, 1.0], [0.0, -0.0], [1.5, 1.5], [None, 0], ["1", 1]):
        apart = Apart()
        form = apart.take([{"a": each} for each in values])
        assert repr([each["a"] for each in together(apart).put(form)]) == repr(values)


def test_it_never_takes_more_room_than_it_was_given() -> None:
    apart = Apart()
    form = apart.take(ROWS)
    with pytest.raises(WireError, match="too many bytes"):
        together(apart, 60).put(form)


@pytest.mark.parametrize("numbers", [[], [7], [7, 1, 1]])
def test_a_column_is_as_long_as_its_rows(numbers: list[int]) -> None:
    again = Together(numbers, [], [], 100)
    form = [2, [["a"]], {}, [["a", 0]]]
    if len(numbers) < 2:
        with pytest.raises(ValueError, match="shorter"):
            again.put(form)
    else:
        assert again.put(form) == [{"a": 7}, {"a": 8}]
        assert not again.is_used_up()


def test_digits_are_put_into_holes_line_by_line() -> None:
    assert filled("A~-~", b"12,34", 3, 2) == ["A1-2", "A3-4"]
    assert differences([5, 7, 4]) == [5, 2, -3]
