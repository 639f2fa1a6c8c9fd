"""F-13 封底."""

from pathlib import Path

from desk.services.pdf.mediation import back_cover
from tests.case_papers import BACK
from tests.form_checks import check, check_odd_values
from tests.paper_samples import texts


def test_every_label_and_value_is_on_paper(tmp_path: Path) -> None:
    check("f13_back", back_cover.draw, BACK, tmp_path)


def test_rare_empty_missing_and_local() -> None:
    check_odd_values("f13_back", back_cover.draw, BACK, "number")


def test_the_back_cover_is_one_page() -> None:
    assert len(texts(back_cover.draw(BACK))) == 1
