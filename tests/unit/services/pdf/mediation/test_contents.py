"""F-13 卷内目录."""

from dataclasses import replace
from pathlib import Path

from desk.services.pdf.mediation import contents
from desk.services.pdf.mediation.dossier_values import ContentsEntry
from tests.case_papers import CONTENTS
from tests.form_checks import check, check_odd_values
from tests.paper_samples import texts


def test_every_label_and_value_is_on_paper(tmp_path: Path) -> None:
    check("f13_contents", contents.draw, CONTENTS, tmp_path)


def test_rare_empty_missing_and_local() -> None:
    check_odd_values("f13_contents", contents.draw, CONTENTS, "number")


def test_a_long_list_repeats_its_headings() -> None:
    entries = tuple(ContentsEntry(number, f"材料{number}", str(number)) for number in range(1, 61))
    pages = texts(contents.draw(replace(CONTENTS, entries=entries)))
    assert len(pages) > 2
    assert all("序号文书名称页号备注" in page for page in pages)
    assert "60材料60" in pages[-1]
