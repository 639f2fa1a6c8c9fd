"""PDFs good, broken, locked and of 300 pages; office papers told apart."""

import io

import pytest
from PIL import Image

from desk.rules import attachments as rules
from desk.services.attachments.values import FILE, PDF, Source
from tests.unit.services.attachments import samples
from tests.unit.services.attachments.hands import LIMITS, prepare, refusal

pytestmark = pytest.mark.usefixtures("here")


def test_a_pdf_is_kept_as_it_is() -> None:
    data = samples.pdf(3)
    ready = prepare(Source("合同.PDF", data=data))
    assert (ready.content, ready.kind, ready.pages, ready.name) == (data, PDF, 3, "合同.pdf")
    assert Image.open(io.BytesIO(ready.thumb)).format == "JPEG"


def test_a_scan_of_300_pages_is_refused_with_the_count() -> None:
    assert refusal(Source("a.pdf", data=samples.pdf(300))) == "这份 PDF 有 300 页，最多 200 页"


def test_a_scan_of_300_pages_is_taken_where_the_profile_allows_it() -> None:
    more = rules.Limits(**(vars(LIMITS) | {"pages": 300}))
    assert prepare(Source("a.pdf", data=samples.pdf(300)), more).pages == 300


@pytest.mark.parametrize("kept", [9, 400, -900])
def test_a_broken_pdf_is_refused(kept: int) -> None:
    body = samples.pdf(3)
    data = body[:kept].replace(b"endobj", b"      ").replace(b"/Type", b"/Tupe")
    assert refusal(Source("a.pdf", data=data)) == "PDF 文件不完整或已损坏，读不出来"


def test_a_locked_pdf_is_refused() -> None:
    assert refusal(Source("a.pdf", data=samples.pdf(password="秘密"))) == "这个文件设了打开密码"


def test_office_papers_are_told_apart() -> None:
    word = prepare(Source("说明.zip", data=samples.package("word/document.xml")))
    assert (word.kind, word.name, word.pages, word.thumb) == (FILE, "说明.docx", 0, b"")
    assert prepare(Source("表.xlsx", data=samples.package("xl/workbook.xml"))).name == "表.xlsx"
