"""Strips are shared out over pages: nothing is lost, bound ones stay together, heads come again."""

from hypothesis import given
from hypothesis import strategies as st

from desk.services.pdf.strips import Strip, bound, paginate

ROOM = 100.0
_STRIP = st.builds(Strip, height=st.floats(1, 40), keep=st.booleans())


@given(st.lists(_STRIP, max_size=40))
def test_every_strip_comes_once_in_order_and_no_page_overflows(strips: list[Strip]) -> None:
    pages = paginate(strips, ROOM)
    assert [strip for page in pages for strip in page] == strips
    assert all(sum(strip.height for strip in page) <= ROOM + 1e-6 for page in pages)
    assert all(pages) or not strips


@given(st.lists(_STRIP, max_size=20), st.lists(st.floats(1, 20), min_size=1, max_size=5))
def test_bound_strips_that_fit_a_page_stand_on_one(before: list[Strip], heights: list[float]) -> None:
    block = bound([Strip(height) for height in heights])
    pages = paginate([*before, Strip(1), *block], ROOM)
    holding = [page for page in pages if any(strip is each for strip in page for each in block)]
    assert len(holding) == 1


def test_a_group_taller_than_a_page_is_parted_between_its_strips() -> None:
    pages = paginate(bound([Strip(30)] * 5), ROOM)
    assert [len(page) for page in pages] == [3, 2]


def test_white_vanishes_at_the_top_of_a_page() -> None:
    gap = Strip(10, gap=True)
    assert paginate([Strip(95), gap, Strip(20)], ROOM) == [[Strip(95)], [Strip(20)]]
    assert paginate([Strip(50), gap, Strip(20)], ROOM) == [[Strip(50), gap, Strip(20)]]


def test_a_head_stands_again_on_the_next_page_but_not_on_the_first() -> None:
    head = Strip(10)
    rows = [Strip(30, head=head) for _number in range(5)]
    pages = paginate([head, *rows], ROOM)
    assert [page[0] for page in pages] == [head, head]
    assert sum(len(page) for page in pages) == 7


def test_nothing_is_one_empty_page() -> None:
    assert paginate([], ROOM) == [[]]
