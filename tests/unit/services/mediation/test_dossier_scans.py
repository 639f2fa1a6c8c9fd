"""A dossier of what stations really scan (issue B, Bad input): turned, CMYK, torn, 300 pages, broken."""

import io
from pathlib import Path

import pypdfium2
import pytest
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from desk.errors import InputProblem, Problem
from desk.rules.profile import Profile, Row, overlay
from desk.services.pdf import render
from tests.paper_samples import outside, texts
from tests.scan_samples import picture, scanned_pdf
from tests.unit.services.mediation.case_stage import TODAY
from tests.unit.services.mediation.paper_room import PaperRoom

PHOTOS = Path(__file__).parents[3] / "real" / "photos"
SOUND = ("exif-rotated.jpg", "cmyk.jpg", "alpha.png", "wide-landscape.jpg", "tiny.jpg")

pytestmark = pytest.mark.usefixtures("here")


def _numbers(pdf: bytes) -> list[int]:
    """Return the running number at the upper edge of every page that has one, in the order of the pages."""
    found = []
    document = pypdfium2.PdfDocument(pdf)
    try:
        for page in document:
            text = page.get_textpage()
            width, height = page.get_size()
            digits = "".join(
                text.get_text_range(index, 1)
                for index in range(text.count_chars())
                if text.get_charbox(index)[1] > height * 0.9
            )
            if digits.strip().isdecimal() and width:
                found.append(int(digits))
    finally:
        document.close()
    return found


def test_every_sound_photo_lies_upright_on_its_numbered_page(papers: PaperRoom) -> None:
    case_id = papers.room.agreed()
    for name in SOUND:
        papers.scan(case_id, name, (PHOTOS / name).read_bytes(), "evidence")
    paper = papers.papers.dossier(case_id)
    pages = texts(paper.pdf)
    # Cover and contents in front, the back cover behind: they carry no number.
    assert _numbers(paper.pdf) == list(range(1, paper.pages - 2))
    line = next(part for part in pages[1].split("扫描件") if "证据材料" in part)
    first, last = (int(place) for place in line.rsplit("证据材料", 1)[1].split("—"))
    assert last - first + 1 == len(SOUND)
    sides = [render.page_size(paper.pdf, first + 1 + place) for place in range(len(SOUND))]
    held = ["upright" if high > wide else "across" for wide, high in sides]
    assert dict(zip(SOUND, held, strict=True))["exif-rotated.jpg"] == "upright"
    assert dict(zip(SOUND, held, strict=True))["wide-landscape.jpg"] == "across"
    assert outside(paper.pdf) == []


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("truncated.jpg", (PHOTOS / "truncated.jpg").read_bytes(), "照片不完整或已损坏"),
        ("not-a-photo.jpg", (PHOTOS / "not-a-photo.jpg").read_bytes(), "不是照片"),
        ("协议.pdf", scanned_pdf(3)[:400], "PDF 文件不完整或已损坏"),
        ("协议.pdf", b"%PDF-1.7\n", "PDF 文件不完整或已损坏"),
        ("协议.pdf", scanned_pdf(300), "有 300 页，最多 200 页"),
        ("空.pdf", b"", "文件是空的"),
    ],
)
def test_a_bad_scan_is_told_at_once_and_leaves_the_dossier_as_it_was(
    papers: PaperRoom, name: str, content: bytes, sentence: str
) -> None:
    case_id = papers.room.agreed()
    papers.scan(case_id, "现场.jpg", picture(1200, 800), "evidence")
    before = papers.papers.dossier(case_id)
    with pytest.raises(InputProblem, match=sentence) as told:
        papers.scan(case_id, name, content, "agreement")
    assert told.value.way_out
    assert [file.name for file in papers.attachments.list("mediation", case_id)] == ["现场.jpg"]
    after = papers.papers.dossier(case_id)
    assert (after.pages, after.note) == (before.pages, before.note)
    assert any(page.startswith("人民调解协议书") for page in texts(after.pdf))


def test_a_scan_of_300_pages_is_bound_where_the_county_allows_it(
    papers: PaperRoom, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = Row("attachment.pages", 400, "count", TODAY, "本地设定")
    county = overlay(papers.room.profiles.current(), Profile("县", "1", (row,)))
    monkeypatch.setattr(papers.room.profiles, "current", lambda: county)
    case_id = papers.room.agreed()
    papers.scan(case_id, "案卷.pdf", scanned_pdf(300), "evidence")
    paper = papers.papers.dossier(case_id)
    pages = texts(paper.pdf)
    assert _numbers(paper.pdf) == list(range(1, paper.pages - 2))
    line = next(part for part in pages[1].split("扫描件") if "证据材料" in part)
    first, last = (int(place) for place in line.rsplit("证据材料", 1)[1].split("—"))
    assert last - first == 299
    assert pages[first + 1].startswith("scan1") or "scan1" in pages[first + 1]
    assert "scan300" in pages[last + 1]
    assert f"本卷共{last + _after(pages, last)}页" in pages[-2]


def test_a_pdf_locked_against_changes_only_is_bound(papers: PaperRoom) -> None:
    """Scanners set a password for changes; the pages can be read and belong into the dossier."""
    case_id = papers.room.agreed()
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(595, 842), encrypt=StandardEncryption("", ownerPassword="x", canModify=0))
    canvas.drawString(200, 400, "locked page")
    canvas.showPage()
    canvas.save()
    papers.scan(case_id, "回执.pdf", out.getvalue(), "evidence")
    assert any("lockedpage" in page for page in texts(papers.papers.dossier(case_id).pdf))


def test_a_scan_damaged_on_the_disk_stops_the_dossier_and_names_it(papers: PaperRoom) -> None:
    case_id = papers.room.agreed()
    papers.scan(case_id, "现场.jpg", picture(1200, 800), "evidence")
    (kept,) = papers.room.store.folder.rglob("*.att")
    kept.write_bytes(kept.read_bytes()[:100])
    with pytest.raises(Problem) as told:
        papers.papers.dossier(case_id)
    assert "现场.jpg" in told.value.sentence
    assert told.value.way_out
    assert papers.print_jobs.of_record(case_id) == ()


def test_the_list_of_what_is_missing_follows_the_scans(papers: PaperRoom) -> None:
    """§3.6: a row is there as a record or as a scan; what is missing stands in the note, in words."""
    case_id = papers.room.agreed()
    applicant, respondent = papers.room.party_ids(case_id)
    assert "缺当事人身份证明（冯某）" in papers.papers.dossier(case_id).note
    papers.scan(case_id, "证1.jpg", picture(1000, 630), "identity", applicant)
    note = papers.papers.dossier(case_id).note
    assert "缺当事人身份证明（钱某）" not in note
    assert "缺当事人身份证明（冯某）" in note
    papers.scan(case_id, "证2.jpg", picture(1000, 640), "identity", respondent)
    paper = papers.papers.dossier(case_id)
    assert "身份证明" not in paper.note
    rows = {row.label: row.present for row in papers.room.services.cases.get(case_id).dossier.rows}
    assert all(present for label, present in rows.items() if "身份证明" in label)


def _after(pages: list[str], last: int) -> int:
    """Return how many numbered pages follow page number `last`: all but the back cover."""
    return len(pages) - 1 - (last + 2)
