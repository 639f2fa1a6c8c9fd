"""A county's field stands behind the row it names, never inside a party and never after the signatures."""

from desk.rules.local_fields import LocalField
from desk.services.pdf.forms import local_rows
from desk.services.pdf.forms.layout import CellLayout, RowLayout, SignLayout

FACTS = RowLayout("field", label="事实", key="facts")
NAME = RowLayout("cells", cells=(CellLayout("姓名", "name"),), each="parties")
PHONE = RowLayout("cells", cells=(CellLayout("电话", "phone"),), each="parties")
SIGNS = RowLayout("signs", signs=(SignLayout("签名"),))
ROWS = (FACTS, NAME, PHONE, SIGNS)


def _after(after: str) -> tuple[RowLayout, ...]:
    return local_rows.added(ROWS, (LocalField("f07", "grid", "网格", after),))


def test_it_follows_the_row_it_names_in_its_style() -> None:
    rows = _after("facts")
    assert [row.kind for row in rows] == ["field", "field", "cells", "cells", "signs"]
    assert rows[1].key == "local:grid"


def test_repeated_rows_are_not_parted() -> None:
    rows = _after("name")
    assert rows.index(NAME) + 1 == rows.index(PHONE)
    assert rows[3].cells[0].key == "local:grid"


def test_an_unknown_place_is_before_the_signatures() -> None:
    assert _after("nowhere")[-1] is SIGNS
    assert _after("")[3].keys == {"local:grid"}


def test_two_fields_of_one_place_keep_their_order() -> None:
    both = (LocalField("f07", "a", "甲", "facts"), LocalField("f07", "b", "乙", "facts"))
    assert [row.key for row in local_rows.added(ROWS, both)[1:3]] == ["local:a", "local:b"]


def test_what_is_to_sign() -> None:
    assert local_rows.is_to_sign(SIGNS)
    assert local_rows.is_to_sign(RowLayout("cells", cells=(CellLayout("印章", kind="seal"),)))
    assert not local_rows.is_to_sign(FACTS)


def test_a_field_of_the_dossier_stands_on_one_of_its_parts() -> None:
    """F-13 is cover, contents, note and back cover: what a county adds is printed once."""
    box = LocalField("f13", "box", "盒号", "keeping")
    checked = LocalField("f13", "check", "核对", "checked_by")
    loose = LocalField("f13", "x", "其他")
    local = (box, checked, loose)
    assert local_rows.of_layout("f13", local) == (box, loose)
    assert local_rows.of_layout("f13_note", local) == (checked,)
    assert local_rows.of_layout("f13_contents", local) == ()
    assert local_rows.of_layout("f13_back", local) == ()
    assert local_rows.of_layout("f07", local) == local
