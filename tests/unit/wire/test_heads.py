"""A head moves on by revisions; the digest does not mind their order (I11)."""

from hypothesis import given
from hypothesis import strategies as st

from desk.wire.heads import EMPTY_DIGEST, Head, add_digests, advance, bucket_of, digest_of
from tests.unit.wire.test_revision import PLAIN

DIGESTS = st.lists(st.binary(min_size=16, max_size=16), max_size=5)


def test_an_insert_makes_a_head() -> None:
    assert advance(None, PLAIN, "o1", inserts=True) == Head(3, {"state": "closed"}, {"*": "o1"})


def test_a_patch_moves_what_it_set_and_keeps_the_rest() -> None:
    """Unknown fields too (sync.md 2.11)."""
    before = Head(2, {"state": "open", "mood": "good"}, {"*": "o0"})
    after = advance(before, PLAIN, "o1", inserts=False)
    assert after == Head(3, {"state": "closed", "mood": "good"}, {"*": "o0", "state": "o1"})
    assert after.op_of("state") == "o1"
    assert after.op_of("mood") == "o0"
    assert Head().op_of("mood") == ""


def test_a_page_that_comes_twice_changes_nothing() -> None:
    newer = Head(9, {"state": "open"}, {"*": "o0", "state": "o7"})
    assert advance(newer, PLAIN, "o1", inserts=False) == newer
    once = advance(Head(2, {}, {"*": "o0"}), PLAIN, "o1", inserts=False)
    assert advance(once, PLAIN, "o1", inserts=False) == once


def test_a_conflict_moves_the_version_only() -> None:
    lost = PLAIN._replace(outcome="conflict", set={})
    assert advance(Head(2, {"state": "open"}, {"*": "o0"}), lost, "o1", inserts=False) == Head(
        3, {"state": "open"}, {"*": "o0"}
    )


def test_each_part_of_a_record_counts_in_its_digest() -> None:
    said = {
        digest_of(noun, record_id, Head(version, fields))
        for noun in ("visit", "matter")
        for record_id in ("r1", "r2")
        for version in (1, 2)
        for fields in ({}, {"a": "1"}, {"a": 1}, {"b": "1"}, {"a": None})
    }
    assert len(said) == 40
    assert digest_of("visit", "r1", Head(1, {}, {"*": "o1"})) != digest_of(
        "visit", "r1", Head(1, {}, {"*": "o2"})
    )
    assert digest_of("visit", "r1", Head(1, {"a": 1, "b": 2})) == digest_of(
        "visit", "r1", Head(1, {"b": 2, "a": 1})
    )


@given(DIGESTS, DIGESTS)
def test_digests_add_up_in_any_order_and_come_off_again(first: list[bytes], second: list[bytes]) -> None:
    total = add_digests(add_digests(EMPTY_DIGEST, first), second)
    assert total == add_digests(EMPTY_DIGEST, [*second, *reversed(first)])
    assert add_digests(total, [], first) == add_digests(EMPTY_DIGEST, second)
    assert add_digests(EMPTY_DIGEST, [], total and [total]) == add_digests(EMPTY_DIGEST, [], [total])


def test_ids_of_one_day_fall_into_many_buckets() -> None:
    """Their first byte would be the same for decades."""
    ids = [f"0198c1f0-0000-7000-8000-{n:012x}" for n in range(200)]
    assert len({bucket_of("visit", each)[:2] for each in ids}) > 100
    assert all(len(bucket_of("visit", each)) == 4 for each in ids)
