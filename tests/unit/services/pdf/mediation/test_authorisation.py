"""F-04 授权委托书."""

from pathlib import Path

from desk.services.pdf.mediation import authorisation
from tests.case_papers import AUTHORISATION
from tests.form_checks import check, check_long, check_odd_values, words


def test_every_label_and_value_is_on_paper(tmp_path: Path) -> None:
    check("f04", authorisation.draw, AUTHORISATION, tmp_path)


def test_rare_empty_missing_and_local() -> None:
    check_odd_values("f04", authorisation.draw, AUTHORISATION, "scope_other")


def test_long_text_flows_over_pages() -> None:
    check_long(authorisation.draw, AUTHORISATION, "scope_other", pages=2)


def test_powers_not_given_are_shown_as_not_given() -> None:
    text = words(authorisation.draw(AUTHORISATION))
    assert "■代为收集、提供证据" in text
    assert "□代为承认、变更、放弃请求" in text
