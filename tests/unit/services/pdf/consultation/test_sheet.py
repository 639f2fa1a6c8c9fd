"""F-40 法律咨询登记表 (domain.md 6, FL-09, FL-11, FL-14)."""

from dataclasses import replace
from pathlib import Path

from desk.rules.consultation_codes import CHANNEL, DISPOSITION
from desk.services.pdf.consultation import sheet
from desk.services.pdf.forms import layout_file
from tests.case_papers import CONSULTATION
from tests.form_checks import check, check_long, check_odd_values, words
from tests.paper_samples import texts


def test_every_label_and_value_is_on_paper(tmp_path: Path) -> None:
    check("f40", sheet.draw, CONSULTATION, tmp_path, unprinted=frozenset({"identity_refused"}))
    assert len(texts(sheet.draw(CONSULTATION))) == 1


def test_rare_empty_missing_and_local() -> None:
    check_odd_values("f40", sheet.draw, CONSULTATION, "name")


def test_long_text_flows_over_pages() -> None:
    check_long(sheet.draw, CONSULTATION, "answer", label="解答意见", pages=2)


def test_the_disclaimer_is_printed_whatever_else_is_missing() -> None:
    """FL-14."""
    text = words(sheet.draw(replace(CONSULTATION, answer="", citations=(), disclaimer_ack=False)))
    for said in ("口头咨询意见", "不是书面法律意见", "不是任何机关的决定", "委托代理关系"):
        assert said in text
    assert "期限照常计算" in text
    assert "不收取任何费用" in text


def test_a_refused_identity_is_noted() -> None:
    """FL-09: note the refusal and still serve."""
    refused = replace(CONSULTATION, identity_refused=True, name="", phone="", address="")
    assert "不愿透露身份" in words(sheet.draw(refused))


def test_the_sheet_offers_every_way_and_every_outcome() -> None:
    """FL-09, FL-11: the home service and the ways out have a box of their own."""
    options = {
        cell.key: cell.options
        for row in layout_file.shipped("f40").rows
        for cell in getattr(row, "cells", ())
    }
    # A visit is 来访 on paper.
    assert set(options["channel"]) == {*CHANNEL.values(), "来访"} - {"现场"}
    assert set(options["disposition"]) == set(DISPOSITION.values())
