"""Every listed font is embedded as a subset, and every name can be selected again (issue A, section 5)."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from desk.services.pdf import embedding, page
from desk.services.pdf.page import Sheet, Style
from tests.paper_samples import MINORITY, RARE, fonts, outside, poppler_text, texts

NAMES = (RARE, *MINORITY, "王𬱖阿依古丽", "李𪟝", "刘𬙂", "赵孟𫖯")


def _names() -> bytes:
    sheet = Sheet(page.A4, "名单")
    for number, name in enumerate(NAMES):
        sheet.text(15, 20 + number * 10, name, Style(14))
        sheet.text(15, 160 + number * 10, name, Style(14, bold=True))
    return sheet.finish()


def test_names_extract_exactly_in_both_readers(tmp_path: Path) -> None:
    """domain.md 11: characters beyond the BMP come back as themselves (reportlab alone writes others)."""
    pdf = _names()
    for name in NAMES:
        assert texts(pdf)[0].count(name) == 2
        assert poppler_text(pdf, tmp_path).count(name) == 2
    assert outside(pdf) == []


def test_every_font_is_embedded_and_helvetica_never_listed(tmp_path: Path) -> None:
    listed = fonts(_names(), tmp_path)
    assert {name.split("+")[1] for name, *_rest in listed} == {
        "NotoSansSC-Regular",
        "NotoSansSC-Bold",
        "HanaMinB",
    }
    assert all((embedded, subset, mapped) == ("yes", "yes", "yes") for _n, embedded, subset, mapped in listed)


def test_more_characters_than_one_subset_holds() -> None:
    """A TrueType subset holds 256 codes; a long paper needs several, each with its own map."""
    han = "".join(chr(0x4E00 + number) for number in range(700))
    sheet = Sheet(page.A4, "长文")
    for start in range(0, len(han), 35):
        sheet.text(10, 12 + start / 35 * 8, han[start : start + 35], Style(10))
    assert texts(sheet.finish())[0] == han


def test_the_map_is_written_in_blocks_of_a_hundred() -> None:
    found = embedding.to_unicode_map("X", [0, *range(0x4E00, 0x4E00 + 150), 0x2CC56])
    assert "100 beginbfchar" in found
    assert "52 beginbfchar" in found
    assert "<97> <D873DC56>" in found


def test_two_threads_may_draw_at_once() -> None:
    with ThreadPoolExecutor(4) as pool:
        made = [future.result() for future in [pool.submit(_names) for _each in range(8)]]
    assert len({texts(pdf)[0] for pdf in made}) == 1
