"""F-11 人民调解结案报告表."""

from dataclasses import fields, replace
from pathlib import Path

from desk.services.pdf.mediation import closing_report
from desk.services.pdf.mediation.values import PartyBlock
from tests.case_papers import APPLICANT, CLOSING
from tests.form_checks import check, check_long, check_odd_values
from tests.paper_samples import texts

# F-11 asks for name, address and phone only.
UNPRINTED = frozenset({each.name for each in fields(PartyBlock)} - {"name", "address", "phone"})


def test_every_label_and_value_is_on_paper(tmp_path: Path) -> None:
    check("f11", closing_report.draw, CLOSING, tmp_path, unprinted=UNPRINTED)


def test_rare_empty_missing_and_local() -> None:
    check_odd_values("f11", closing_report.draw, CLOSING, "handler")


def test_long_text_flows_over_pages() -> None:
    check_long(closing_report.draw, CLOSING, "summary", label="纠纷简要事实", pages=2)


def test_many_parties_keep_their_headings_on_every_page() -> None:
    people = tuple(replace(APPLICANT, name=f"钱某{number}") for number in range(40))
    pages = texts(closing_report.draw(replace(CLOSING, parties=people)))
    with_people = [page for page in pages if "钱某" in page]
    assert len(with_people) > 1
    assert all("姓名地址电话" in page for page in with_people)
