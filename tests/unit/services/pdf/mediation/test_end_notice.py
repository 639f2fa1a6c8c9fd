"""F-12 终止调解通知书 (MED-08)."""

from dataclasses import fields, replace
from pathlib import Path

from desk.services.pdf.mediation import end_notice
from desk.services.pdf.mediation.values import EndNotice
from tests.case_papers import END_NOTICE
from tests.form_checks import check, check_long, check_odd_values, words


def test_every_label_and_value_is_on_paper(tmp_path: Path) -> None:
    check("f12", end_notice.draw, END_NOTICE, tmp_path)


def test_rare_empty_missing_and_local() -> None:
    check_odd_values("f12", end_notice.draw, END_NOTICE, "reason")


def test_long_text_flows_over_pages() -> None:
    check_long(end_notice.draw, END_NOTICE, "reason", pages=2)


def test_the_other_ways_are_always_named() -> None:
    """MED-08: an end without naming them is invalid."""
    text = words(end_notice.draw(replace(END_NOTICE, remedies="")))
    assert "仲裁、行政、司法等途径" in text
    assert "■无法达成调解协议" in text


def test_no_phone_and_no_identity_reach_the_other_side() -> None:
    assert not {"phone", "id_no", "address"} & {each.name for each in fields(EndNotice)}
