"""F-13 卷宗封面."""

from pathlib import Path

from desk.services.pdf.mediation import cover
from tests.case_papers import COVER
from tests.form_checks import check, check_odd_values
from tests.paper_samples import texts


def test_every_label_and_value_is_on_paper(tmp_path: Path) -> None:
    check("f13", cover.draw, COVER, tmp_path)


def test_rare_empty_missing_and_local() -> None:
    check_odd_values("f13", cover.draw, COVER, "remark")


def test_a_cover_is_one_page_without_a_number() -> None:
    pages = texts(cover.draw(COVER))
    assert len(pages) == 1
    assert "—1—" not in pages[0]
    assert "2026年11月3日—2026年12月10日" in pages[0]
