"""The hub's seal on what it has taken in: for these bytes, this id and this scope."""

from dataclasses import replace

from desk.hub import vouchers
from desk.wire.incoming import OpIn
from desk.wire.messages import Page, Pulled, Push
from desk.wire.revision import Revision
from desk.wire.troubles import Trouble
from tests.hub.hub_ops import AT, SCOPE, given, op, push

KEY = vouchers.key_from(bytes(32))
WRITTEN = op("o1", device="d2", set={"subject": "路灯"})


def sealed() -> str:
    """Return the seal the county got with the station's op."""
    revisions = tuple(Revision(1, n, AT, "applied", each, {}) for n, each in enumerate(given(WRITTEN)))
    pages = vouchers.given(KEY, Pulled((Page(SCOPE, "e1", 0, 1, 1, 0, revisions), Trouble("halted"))))
    page, trouble = pages.parts
    assert trouble == Trouble("halted")
    assert isinstance(page, Page)
    (seal,) = page.vouchers
    return seal


def with_seals(made: Push, **seals: str) -> Push:
    return replace(made, vouchers=seals)


def test_what_the_hub_had_is_good_again() -> None:
    again = Push.decode(with_seals(push(WRITTEN, op("o2")), o1=sealed()).encode())
    assert vouchers.good(KEY, again) == {"o1"}


def test_a_seal_speaks_for_nothing_else() -> None:
    seal = sealed()
    forged = op("o1", device="d2", set={"subject": "别的"})
    moved = push(op("o1", device="d2", set={"subject": "路灯"}, scope="S:other"), scope="S:other")
    for made in (push(forged), push(op("o3", device="d2")), moved):
        assert vouchers.good(KEY, with_seals(made, o1=seal, o3=seal)) == frozenset()
    assert (
        vouchers.good(vouchers.key_from(bytes(31) + b"1"), with_seals(push(WRITTEN), o1=seal)) == frozenset()
    )
    assert vouchers.good(KEY, push(WRITTEN)) == frozenset()
    assert vouchers.good(KEY, with_seals(push(WRITTEN), o1="é" * 5)) == frozenset()


def test_one_seal_does_not_speak_for_two_bodies_of_one_id() -> None:
    """The forged one first, where the hub has lost the true one."""
    forged = op("o1", device="d2", set={"subject": "别的"})
    twice = push(*(OpIn("o1", each.to_bytes()) for each in (forged, WRITTEN)))
    assert vouchers.good(KEY, with_seals(twice, o1=sealed())) == frozenset()


def test_a_seal_of_half_a_sign_is_a_wrong_one() -> None:
    assert vouchers.good(KEY, with_seals(push(op("a")), a="\ud800")) == frozenset()
