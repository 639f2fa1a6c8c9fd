"""Every field of every record has a word a clerk would use."""

import re

import pytest

from desk.rules import field_words
from desk.wire.fields import Record
from desk.wire.records import RECORDS


@pytest.mark.parametrize("record", RECORDS.values(), ids=RECORDS)
def test_every_field_has_a_chinese_word(record: Record) -> None:
    assert re.search("[一-鿿]", field_words.noun(record.noun))
    for each in record:
        if record.noun != "audit" or each.name in ("void", "void_reason"):
            assert re.search("[一-鿿]", field_words.field(record.noun, each.name)), each.name


def test_two_fields_of_one_record_are_not_called_the_same_unless_they_are() -> None:
    assert field_words.field("visit", "kind") == "来访方式"
    assert field_words.field("matter", "statement") == "反映问题"
    assert field_words.field("station", "name") == "站名"


def test_what_a_newer_desk_wrote_is_shown_raw() -> None:
    assert field_words.noun("dream") == "dream"
    assert field_words.field("visit", "dream") == "dream"


def test_no_word_stands_for_a_field_that_is_gone() -> None:
    assert set(field_words.FIELDS) == {each.name for record in RECORDS.values() for each in record}
    assert set(field_words.NOUNS) == set(RECORDS)
