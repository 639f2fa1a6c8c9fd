"""What is handed in: every real photo, PDFs good and bad, floods of pixels, and what is no photo at all."""

import hashlib
import io
import time
from datetime import date
from pathlib import Path

import psutil
import pytest
from PIL import Image

from desk.errors import InputProblem
from desk.rules import attachments as rules
from desk.services.attachments import intake
from desk.services.attachments.values import FILE, PDF, PHOTO, Prepared, Source
from desk.services.profile import load_default
from tests.unit.services.attachments import samples

LIMITS = rules.limits(load_default(), date(2026, 11, 23))


pytestmark = pytest.mark.usefixtures("here")


def prepare(source: Source, limits: rules.Limits = LIMITS) -> Prepared:
    """Take a file in, decoded in this process."""
    return intake.prepare(source, limits)


def refusal(source: Source, limits: rules.Limits = LIMITS) -> str:
    """Return the sentence of a refusal; it always has a field, and a way out unless nothing is to be done."""
    with pytest.raises(InputProblem) as caught:
        prepare(source, limits)
    assert caught.value.field == "attachment"
    assert caught.value.way_out
    return caught.value.sentence


def opened(ready: Prepared) -> Image.Image:
    """Return the kept picture."""
    return Image.open(io.BytesIO(ready.content))


@pytest.mark.parametrize(
    ("name", "mime", "size"),
    [
        ("alpha.png", "image/png", (480, 640)),
        ("cmyk.jpg", "image/jpeg", (600, 800)),
        ("exif-rotated.jpg", "image/jpeg", (1200, 1600)),
        ("tiny.jpg", "image/jpeg", (48, 64)),
        ("wide-landscape.jpg", "image/jpeg", (2600, 1950)),
    ],
)
def test_the_real_photos_are_kept_upright_in_plain_colours(
    name: str, mime: str, size: tuple[int, int]
) -> None:
    ready = prepare(samples.photo(name))
    kept = opened(ready)
    assert (ready.kind, ready.mime, ready.pages) == (PHOTO, mime, 1)
    assert kept.size == (ready.width, ready.height) == size
    assert kept.mode in {"RGB", "P", "L"}
    assert not kept.getexif()
    assert "icc_profile" not in kept.info
    small = Image.open(io.BytesIO(ready.thumb))
    assert max(small.size) <= 320
    assert small.format == "JPEG"


def test_the_turned_photo_stands_upright() -> None:
    """The head is above the shoulders: light skin in the upper half, dark coat in the lower."""
    kept = opened(prepare(samples.photo("exif-rotated.jpg")))
    head, coat = kept.getpixel((600, 590)), kept.getpixel((600, 1300))
    assert sum(head) > sum(coat) + 100  # type: ignore[arg-type]


def test_print_colours_look_as_they_should() -> None:
    head = opened(prepare(samples.photo("cmyk.jpg"))).getpixel((300, 280))
    assert all(abs(have - want) < 25 for have, want in zip(head, (224, 178, 148), strict=True))  # type: ignore[arg-type]


def test_the_same_photo_gives_the_same_bytes() -> None:
    digests = {hashlib.sha256(prepare(samples.photo()).content).hexdigest() for _again in range(2)}
    assert len(digests) == 1


def test_place_and_words_beside_the_pixels_are_gone() -> None:
    exif = Image.Exif()
    exif[0x010E] = "在王某某家门口"
    exif.get_ifd(0x8825)[2] = (30.0, 15.0, 0.0)
    data = samples.picture(form="JPEG", exif=exif, comment=b"secret words")
    assert b"Exif" in data
    kept = prepare(Source("a.jpg", data=data)).content
    for word in (b"Exif", b"secret", b"GPS", b"ICC"):
        assert word not in kept
    with_text = samples.picture(form="PNG", mode="L", dpi=(300, 300))
    assert b"pHYs" in with_text
    assert b"pHYs" not in prepare(Source("a.png", data=with_text)).content


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "PA", "RGB", "RGBA", "I", "I;16"])
def test_every_kind_of_pixel_becomes_a_plain_picture(mode: str) -> None:
    form = "TIFF" if mode in {"PA", "LA", "I"} else "PNG"
    data = samples.picture(mode, form=form) if mode != "I;16" else _deep()
    kept = opened(prepare(Source("a.png", data=data)))
    assert kept.mode in {"RGB", "L", "P"}


def _deep() -> bytes:
    target = io.BytesIO()
    Image.new("I;16", (40, 30), 40_000).save(target, "PNG")
    return target.getvalue()


def test_sixteen_bits_keep_their_brightness() -> None:
    assert opened(prepare(Source("a.png", data=_deep()))).convert("L").getpixel((3, 3)) == 40_000 // 256


def test_what_was_see_through_becomes_white() -> None:
    target = io.BytesIO()
    Image.new("RGBA", (30, 30), (200, 0, 0, 0)).save(target, "PNG")
    assert (
        opened(prepare(Source("a.png", data=target.getvalue()))).convert("RGB").getpixel((9, 9)) == (255,) * 3
    )


def test_a_drawing_stays_sharp_and_a_photo_becomes_small() -> None:
    drawing = prepare(Source("图.bmp", data=samples.picture("1", (800, 600), "BMP")))
    assert (drawing.mime, drawing.name) == ("image/png", "图.png")
    assert prepare(samples.photo("wide-landscape.jpg")).mime == "image/jpeg"


@pytest.mark.parametrize(
    ("form", "name"), [("WEBP", "a.webp"), ("GIF", "a.gif"), ("TIFF", "a.tif"), ("BMP", "a.bmp")]
)
def test_other_pictures_are_written_anew(form: str, name: str) -> None:
    assert prepare(Source(name, data=samples.picture("RGB", form=form))).mime in {"image/jpeg", "image/png"}


def test_a_cut_photo_is_refused() -> None:
    assert refusal(samples.photo("truncated.jpg")) == "照片不完整或已损坏，读不出来"


@pytest.mark.parametrize("kept", [3, 12, 60, 200])
def test_a_photo_cut_anywhere_is_refused(kept: int) -> None:
    data = samples.photo("tiny.jpg").path.read_bytes()[:kept]  # type: ignore[union-attr]
    assert "照片不完整" in refusal(Source("a.jpg", data=data))


def test_what_is_no_photo_is_refused_whatever_it_is_called() -> None:
    assert refusal(samples.photo("not-a-photo.jpg")) == "这不是照片、扫描件或能收的文件"


def test_a_flood_of_pixels_is_refused_at_once() -> None:
    """Fault 27: 50,000 × 50,000 in some bytes; refused < 50 ms, memory grows < 20 MB."""
    refusal(Source("a.png", data=samples.flood(60_000, 60_000)))  # Pillow is loaded now.
    memory = psutil.Process().memory_info().rss
    begun = time.perf_counter()
    assert "50000×50000" in refusal(Source("a.png", data=samples.flood()))
    assert time.perf_counter() - begun < 0.05
    assert psutil.Process().memory_info().rss - memory < 20 << 20


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


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (samples.package("a.txt"), "压缩包不能添加"),
        (samples.package("word/document.xml", "word/vbaProject.bin"), "这个文件带有宏程序，不能添加"),
        (samples.package("word/document.xml")[:60], "文件已损坏，读不出来"),
        (b"MZ\x90\x00", "这是程序，不能添加"),
        (b"\x00\x00\x00\x18ftypheic" + bytes(40), "HEIC 格式的照片读不了"),
        (b"\x00\x00\x00\x18ftypisom" + bytes(40), "不收录像"),
        (b"ID3\x04" + bytes(40), "不收录音"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "旧格式的文档不能添加"),
        (b"\x00\x01\x02", "这不是照片、扫描件或能收的文件"),
        (b"", "文件是空的"),
    ],
)
def test_what_else_is_refused_says_why(data: bytes, said: str) -> None:
    assert refusal(Source("a.jpg", data=data)) == said


def test_several_pages_in_a_picture_are_not_lost_silently() -> None:
    target = io.BytesIO()
    page = Image.new("1", (40, 40))
    page.save(target, "TIFF", save_all=True, append_images=[page])
    assert "多页" in refusal(Source("扫描.tif", data=target.getvalue()))


def test_words_are_taken_as_words() -> None:
    ready = prepare(Source("说明.txt", data="经过如下。".encode() * 20_000))
    assert (ready.kind, ready.mime, ready.thumb) == (FILE, "text/plain", b"")
    assert refusal(Source("说明.txt", data=b"a" * 70_000 + b"\x00")) == "这不是照片、扫描件或能收的文件"


def test_a_file_too_large_is_not_even_read(tmp_path: Path) -> None:
    path = tmp_path / "大.pdf"
    with path.open("wb") as file:
        file.write(b"%PDF-1.7")
        file.truncate(60 << 20)
    assert refusal(Source("大.pdf", path)) == "文件太大（60 MB），最多 50 MB"


def test_a_file_that_is_gone_or_no_file_is_told(tmp_path: Path) -> None:
    assert refusal(Source("a.jpg", tmp_path / "a.jpg")) == "打不开这个文件"
    assert refusal(Source("a.jpg", tmp_path)) == "打不开这个文件"


def test_the_county_decides_what_is_taken() -> None:
    fewer = rules.Limits(**(vars(LIMITS) | {"types": frozenset({"jpeg"})}))
    assert refusal(Source("a.pdf", data=samples.pdf()), fewer) == "本站不收这种文件"
    assert refusal(Source("a.docx", data=samples.package("word/document.xml")), fewer) == "本站不收这种文件"
    assert prepare(samples.photo(), fewer).kind == PHOTO
