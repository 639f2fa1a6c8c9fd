"""An opened attachment as sheets: sizes, turning, and what cannot be drawn."""

from dataclasses import replace

import pytest

from desk.errors import StoreProblem
from desk.services.attachments.values import Opened, Source
from desk.ui.attachments.leaves import Leaves
from tests.ui.attachments.conftest import Table
from tests.unit.services.attachments import samples


def _opened(table: Table, source: Source) -> Opened:
    return table.service.open(table.service.add("visit", table.visit_id, source).value.id)


def test_a_photo_is_one_leaf_and_turns(table: Table) -> None:
    opened = _opened(table, samples.photo("exif-rotated.jpg"))
    upright, lying = Leaves(table.service, opened, 0), Leaves(table.service, opened, 90)
    assert upright.count == 1
    assert upright.size(0).width == pytest.approx(1200 / 150 * 25.4)
    assert (lying.size(0).width, lying.size(0).height) == (upright.size(0).height, upright.size(0).width)
    assert upright.image(0, 75).width() == 600


def test_a_scan_has_a_leaf_a_page(table: Table) -> None:
    leaves = Leaves(table.service, _opened(table, Source("a.pdf", data=samples.pdf(5))), 0)
    assert leaves.count == 5
    for number in range(5):
        assert leaves.image(number, 150).height() == 1800
    assert len(leaves._pictures) == 3


def test_what_is_no_picture_has_no_leaf(table: Table) -> None:
    assert Leaves(table.service, _opened(table, Source("a.txt", data=b"words")), 0).count == 0


def test_what_cannot_be_drawn_is_told(table: Table) -> None:
    opened = replace(_opened(table, samples.photo("tiny.jpg")), content=b"no picture")
    with pytest.raises(StoreProblem, match="画不出来"):
        Leaves(table.service, opened, 0).image(0, 96)
