"""F-13 卷宗情况说明（备考表）."""

from dataclasses import replace
from pathlib import Path

from desk.services.pdf.mediation import dossier_note
from tests.case_papers import NOTE
from tests.form_checks import check, check_long, check_odd_values, words


def test_every_label_and_value_is_on_paper(tmp_path: Path) -> None:
    check("f13_note", dossier_note.draw, NOTE, tmp_path)


def test_rare_empty_missing_and_local() -> None:
    check_odd_values("f13_note", dossier_note.draw, NOTE, "note")


def test_long_text_flows_over_pages() -> None:
    check_long(dossier_note.draw, NOTE, "note", label="材料缺漏说明", pages=2)


def test_uncounted_pages_are_left_blank() -> None:
    assert "本卷共" not in words(dossier_note.draw(replace(NOTE, pages=None)))
