"""Revisions laid over heads and taken back again."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.services.sync import heads
from desk.services.sync.heads import Told, told_by
from desk.wire import epochs
from desk.wire.codecs import WireError
from desk.wire.heads import EMPTY_DIGEST, Head, add_digests, digest_of
from desk.wire.incoming import OpIn
from desk.wire.revision import Revision
from tests.fake_hub import foreign

KEY = ("person", "p1")
VALUES = st.dictionaries(
    st.sampled_from(["name", "phone", "address", "mood"]), st.text(max_size=3), max_size=3
)


def revision(version: int, values: dict[str, str], *, op: str = "", ord_: int = 0) -> Revision:
    return Revision(
        version, ord_, "2026-11-23T09:00:00.000+08:00", "applied", OpIn(op or f"o{version}", b""), values
    )


def told(kind: str = "patch") -> Told:
    return Told(*KEY, kind, "i1", 1)


@given(st.lists(VALUES, min_size=1, max_size=6))
def test_what_was_laid_can_be_taken_back(changes: list[dict[str, str]]) -> None:
    stands: dict[heads.Key, Head | None] = {KEY: None}
    kinds = ["insert", *["patch"] * (len(changes) - 1)]
    laid = [
        (revision(n + 1, values), told(kind))
        for n, (values, kind) in enumerate(zip(changes, kinds, strict=True))
    ]
    states = []
    steps = []
    for each in laid:
        states.append(stands[KEY])
        steps += heads.lay(stands, [each])
    for step, before in zip(reversed(steps), reversed(states), strict=True):
        assert step.before is not None
        stands[KEY] = heads.take_back(stands[KEY], step.before, epochs.ALL)
        assert stands[KEY] == before


@given(st.lists(VALUES, min_size=1, max_size=6))
def test_the_digest_moves_with_the_heads(changes: list[dict[str, str]]) -> None:
    """I11."""
    stands: dict[heads.Key, Head | None] = {KEY: None}
    total = ""
    for n, values in enumerate(changes):
        before = stands[KEY]
        heads.lay(stands, [(revision(n + 1, values), told("patch" if n else "insert"))])
        total = heads.digests([(KEY, before, stands[KEY])], total)
    head = stands[KEY]
    assert head is not None
    assert total == add_digests(EMPTY_DIGEST, [digest_of(*KEY, head)]).hex()


def test_a_newer_head_is_not_set_back() -> None:
    stands: dict[heads.Key, Head | None] = {KEY: Head(5, {"name": "新"}, {"*": "o5"})}
    (step,) = heads.lay(stands, [(revision(3, {"name": "旧"}), told())])
    assert (step.before, stands[KEY]) == (None, Head(5, {"name": "新"}, {"*": "o5"}))


def test_where_it_is_not_known_only_the_version_is_set_back() -> None:
    head = Head(9, {"name": "新"}, {"*": "o9"})
    assert heads.take_back(head, {}, 4) == Head(4, {"name": "新"}, {"*": "o9"})
    assert heads.take_back(None, {}, 4) is None


def test_an_op_says_what_it_is_about() -> None:
    body = json.dumps(foreign("f1", "person", "p1", name="赵某某")).encode()
    assert told_by(body) == Told("person", "p1", "insert", "other-1", 1)


@pytest.mark.parametrize(
    "body", [b"", b"[]", b'{"type":"person"}', b'{"type":1,"rec":2,"kind":3,"incarnation":4,"seq":"x"}']
)
def test_what_is_no_op_is_refused(body: bytes) -> None:
    with pytest.raises(WireError):
        told_by(body)


@pytest.mark.parametrize(
    ("body", "tx"), [(b'{"tx":"t1"}', "t1"), (b'{"tx":7}', ""), (b"{}", ""), (b"[]", ""), (b"\xff", "")]
)
def test_what_was_saved_together_is_known_by_its_save(body: bytes, tx: str) -> None:
    assert heads.saved_with(body) == tx
