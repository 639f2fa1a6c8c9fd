"""What came from outside is read strictly."""

import pytest

from desk.wire import reading
from desk.wire.codecs import WireError


@pytest.mark.parametrize(
    "raw", [b"", b"[]", b"7", b"{", b"\xff{}", b'{"a":NaN}', b'{"a":1,"a":2}', b'{"a":' + b"[" * 100_000]
)
def test_what_is_no_object_of_json_is_refused(raw: bytes) -> None:
    with pytest.raises(WireError):
        reading.parse(raw)


def test_what_came_out_of_tables_is_read_already() -> None:
    body = {"a": 1}
    assert reading.parse(body) is body
    with pytest.raises(WireError):
        reading.parse([])  # type: ignore[arg-type]  # wrong on purpose


def test_a_name_twice_is_refused_at_any_depth() -> None:
    with pytest.raises(WireError):
        reading.parse(b'{"a":[{"b":1,"b":1}]}')


def test_each_kind_is_read() -> None:
    body = reading.parse('{"t":"路灯","n":7,"f":true,"m":[{"a":1}],"w":["x"]}'.encode())
    assert (reading.text(body, "t"), reading.whole(body, "n"), reading.flag(body, "f")) == ("路灯", 7, True)
    assert reading.many(body, "m", lambda each: each["a"], most=1) == (1,)
    assert reading.texts(body, "w", most=1) == ("x",)
    assert (reading.text(body, "-", ""), reading.whole(body, "-", 3), reading.flag(body, "-")) == (
        "",
        3,
        False,
    )
    assert reading.many(body, "-", len, most=1) == reading.texts(body, "-", most=1) == ()


@pytest.mark.parametrize("value", [None, 1, True, ["a"], "x" * 201, "\ud800", "路\udfff灯"])
def test_no_text(value: object) -> None:
    with pytest.raises(WireError, match="t: "):
        reading.text({"t": value}, "t")


@pytest.mark.parametrize("value", [None, True, "1", 1.0, -1, 2**53])
def test_no_whole_number(value: object) -> None:
    with pytest.raises(WireError, match="n: "):
        reading.whole({"n": value}, "n")


@pytest.mark.parametrize("value", [None, 1, "true"])
def test_no_flag(value: object) -> None:
    with pytest.raises(WireError, match="f: "):
        reading.flag({"f": value}, "f")


@pytest.mark.parametrize("value", [None, {}, [1], [{}, {}]])
def test_no_list_of_objects(value: object) -> None:
    with pytest.raises(WireError):
        reading.many({"m": value}, "m", len, most=1)


@pytest.mark.parametrize("value", [None, [1], ["a", "b"], ["\ud800"]])
def test_no_list_of_texts(value: object) -> None:
    with pytest.raises(WireError):
        reading.texts({"w": value}, "w", most=1)


@pytest.mark.parametrize("value", [None, [], {"a": 1}, {"a": "x" * 201}, {"a": "", "b": "", "c": ""}])
def test_no_map_of_texts(value: object) -> None:
    with pytest.raises(WireError, match="w: "):
        reading.words({"w": value}, "w", most=2)


def test_a_map_of_texts() -> None:
    assert reading.words({"w": {"o1": "seal"}}, "w", most=1) == {"o1": "seal"}
    assert reading.words({}, "w", most=1) == {}
