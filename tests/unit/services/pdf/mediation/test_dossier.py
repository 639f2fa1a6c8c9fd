"""The dossier: order of §3.6, contents with the right pages, cover and contents without number."""

from dataclasses import replace
from pathlib import Path

from desk.services.pdf.binding import Sheets
from desk.services.pdf.mediation import agreement, application, dossier, rights_notice
from desk.services.pdf.mediation.dossier import DossierFile
from tests.case_papers import AGREEMENT, APPLICATION, BACK, CONTENTS, COVER, NOTE, RIGHTS_NOTICE
from tests.paper_samples import fonts, texts
from tests.scan_samples import picture, scanned_pdf

PARTS = (
    Sheets("人民调解申请书", application.draw(APPLICATION)),
    Sheets("当事人权利义务告知书", rights_notice.draw(RIGHTS_NOTICE)),
    Sheets("当事人身份证明（钱某）", picture(1000, 630), "image/jpeg", scanned=True),
    Sheets("当事人身份证明（钱某）", picture(1000, 630), "image/jpeg", scanned=True),
    Sheets("证据材料", scanned_pdf(3), scanned=True),
    Sheets("人民调解协议书", agreement.draw(AGREEMENT)),
)
FILE = DossierFile(COVER, CONTENTS, PARTS, NOTE, BACK)


def test_the_list_of_contents_names_every_part_with_its_pages() -> None:
    bound = dossier.draw(FILE)
    pages = texts(bound.pdf)
    first = {name: int(span.split("—")[0]) for name, span in ((e.name, e.pages) for e in bound.entries)}
    # Cover and contents come first and are not counted.
    for name, start in {"人民调解申请书": "申请人", "人民调解协议书": "编号", "证据材料": "scan1"}.items():
        page = pages[first[name] + 1]
        assert start in page
        assert page.endswith(str(first[name]))
    assert [entry.n for entry in bound.entries] == list(range(1, 7))
    assert bound.entries[2].pages == "5—6"
    assert bound.entries[2].remark == "扫描件"
    assert bound.entries[-1].name == "卷宗情况说明（备考表）"
    for entry in bound.entries:
        assert f"{entry.n}{entry.name}{entry.pages}{entry.remark}" in pages[1]


def test_cover_and_note_tell_the_number_of_pages() -> None:
    bound = dossier.draw(FILE)
    pages = texts(bound.pdf)
    assert len(pages) == bound.pages + 3
    assert f"页数{bound.pages}" in pages[0]
    assert f"本卷共{bound.pages}页" in pages[-2]
    assert pages[-2].endswith(str(bound.pages))
    assert pages[-1].startswith("封底")


def test_a_note_of_several_pages_counts_itself() -> None:
    bound = dossier.draw(replace(FILE, note=replace(NOTE, note="材料缺漏。" * 900)))
    pages = texts(bound.pdf)
    assert f"本卷共{bound.pages}页" in pages[-2]
    assert len(pages) == bound.pages + 3


def test_a_list_of_contents_of_several_pages_shifts_no_number() -> None:
    parts = tuple(replace(PARTS[4], name=f"证据{number}") for number in range(40))
    bound = dossier.draw(replace(FILE, parts=parts))
    pages = texts(bound.pdf)
    lists = [page for page in pages if "序号文书名称页号备注" in page]
    assert len(lists) > 1
    assert pages[1 + len(lists)].replace("scan1", "") == "1"
    assert bound.entries[1].pages == "4—6"


def test_all_faces_are_embedded(tmp_path: Path) -> None:
    drawn = replace(FILE, parts=tuple(part for part in PARTS if not part.scanned))
    assert all(font[1] == "yes" for font in fonts(dossier.draw(drawn).pdf, tmp_path))
