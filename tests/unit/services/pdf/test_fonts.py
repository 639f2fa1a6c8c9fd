"""Faces: coverage of the names of domain.md 11, lazy opening, one object a face."""

import gc
import subprocess
import sys
from pathlib import Path

import pytest

from desk.services.pdf import fonts
from tests.paper_samples import MINORITY, MISSING, RARE


@pytest.mark.parametrize("character", RARE + "".join(MINORITY) + "〇·→〔〕（）×…—“”①②℃㎡№")
@pytest.mark.parametrize("bold", [False, True])
def test_every_character_of_the_list_has_a_face(character: str, bold: bool) -> None:
    """domain.md 11 and NM-03: all of them, bold or not."""
    placed = fonts.place(character, bold)
    assert placed is not None
    assert placed[1] > 0


def test_rare_characters_fall_back_one_by_one() -> None:
    assert fonts.place("王", bold=False) == (fonts.REGULAR, 1000.0)
    assert fonts.place("王", bold=True) == (fonts.BOLD, 1000.0)
    placed = fonts.place("𣇉", bold=True)
    assert placed is not None
    assert placed[0] == fonts.RARE


@pytest.mark.parametrize("character", [MISSING, "\ue000", "\U000f0000", "\ud800"])
def test_private_and_unknown_characters_count_as_missing(character: str) -> None:
    """NM-08: what a font draws at a private code point is not what the card shows."""
    assert fonts.place(character, bold=False) is None


def test_a_face_is_opened_once() -> None:
    assert fonts.font(fonts.REGULAR) is fonts.font(fonts.REGULAR)


def test_opening_a_face_leaves_collections_off_where_the_qt_thread_has_them() -> None:
    gc.disable()
    try:
        fonts._open(fonts.RARE)
        assert not gc.isenabled()
    finally:
        gc.enable()
    fonts._open(fonts.RARE)
    assert gc.isenabled()


def test_neither_reportlab_nor_the_rare_face_is_loaded_before_it_is_needed() -> None:
    """house.md, lazy imports: a paper without rare characters never opens the 30 MB face."""
    script = (
        "import sys; from desk.services import papers; assert 'reportlab' not in sys.modules;"
        "from desk.services.pdf import receipt, fonts; from tests.paper_samples import RECEIPT;"
        "receipt.draw(RECEIPT);"
        "assert fonts.is_loaded(fonts.REGULAR) and not fonts.is_loaded(fonts.RARE)"
    )
    root = Path(__file__).parents[4]
    subprocess.run([sys.executable, "-c", script], check=True, cwd=root)
