"""F-01 人民调解申请书 (domain.md 3.5)."""

from dataclasses import replace
from pathlib import Path

from desk.services.pdf.mediation import application
from tests.case_papers import APPLICANT, APPLICATION, UNIT
from tests.form_checks import check, check_long, check_odd_values, words


def test_every_label_and_value_is_on_paper(tmp_path: Path) -> None:
    check("f01", application.draw, APPLICATION, tmp_path, unprinted=frozenset({"is_oral"}))


def test_rare_empty_missing_and_local() -> None:
    check_odd_values("f01", application.draw, APPLICATION, "committee")


def test_long_text_flows_over_pages() -> None:
    check_long(application.draw, APPLICATION, "summary", pages=2)


def test_an_oral_application_says_who_wrote_it_down() -> None:
    """MED-28: an oral application is written down and signed by the applicant."""
    assert "周某代为记录" in words(application.draw(APPLICATION))
    assert "代为记录" not in words(application.draw(replace(APPLICATION, is_oral=False)))


def test_a_body_has_other_rows_than_a_person() -> None:
    text = words(application.draw(replace(APPLICATION, respondents=(UNIT,))))
    assert "统一社会信用代码91110105MA01ABCD1K" in text
    assert "法定代表人（负责人）郑某某" in text
    assert text.count("性别") == 1


def test_eleven_parties_are_all_named_and_sign() -> None:
    parties = tuple(replace(APPLICANT, name=f"钱某{number}") for number in "甲乙丙丁戊己庚辛壬癸子")
    text = words(application.draw(replace(APPLICATION, applicants=parties)))
    assert all(text.count(party.name) == 2 for party in parties)
