"""Deputies are found as the index would find them, whatever was just written to the roster."""

import pytest

from desk.models.store import Store
from desk.services import search_deputies
from tests import factories


def found(store: Store, typed: str) -> tuple[str, ...]:
    with store.read() as rows:
        return search_deputies.matching(rows, typed)


@pytest.mark.parametrize(
    ("typed", "matches"),
    [
        *(("单", True), ("单某", True), ("sm", True), ("shanm", True), ("dan", True), ("dansf", False)),
        *(("sdb", True), ("阿弟", True), ("4321", True), ("321", True), ("第十二选区", True)),
        *(("示例县", True), ("单 十二", True), ("单 十三", False), ("", False), ("，", False), ("王", False)),
    ],
)
def test_what_a_deputy_is_found_by(store: Store, typed: str, matches: bool) -> None:
    deputy = factories.deputy(name="单某峰", alias="阿弟", name_initials="sdb", phone="13800004321")
    with store.write_confirmed() as rows:
        rows.add(deputy)
        rows.add(factories.mandate(deputy_id=deputy.record_id, constituency="第十二选区"))
        place = {"constituency": "", "electing_unit": "示例县人大"}
        rows.add(factories.mandate(deputy_id=deputy.record_id, level=3, **place))
        wanted = (deputy.record_id,) if matches else ()
    assert found(store, typed) == wanted


def test_a_correction_is_found_at_once(store: Store) -> None:
    deputy = factories.deputy(name="王某某")
    with store.write_confirmed() as rows:
        rows.add(deputy)
        deputy_id = deputy.record_id
    assert found(store, "王") == (deputy_id,)
    with store.write_confirmed() as rows:
        rows.merge(factories.deputy(record_id=deputy_id, name="汪某某"))
    assert (found(store, "王"), found(store, "汪")) == ((), (deputy_id,))
