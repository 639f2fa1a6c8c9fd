"""What is handed in: judged by its bytes and its size before anything is decoded."""

from pathlib import Path

import pytest

from desk.rules import attachments as rules
from desk.services.attachments.values import FILE, PHOTO, Source
from tests.unit.services.attachments import samples
from tests.unit.services.attachments.hands import LIMITS, prepare, refusal

pytestmark = pytest.mark.usefixtures("here")


def test_a_cut_photo_is_refused() -> None:
    assert refusal(samples.photo("truncated.jpg")) == "照片不完整或已损坏，读不出来"


def test_what_is_no_photo_is_refused_whatever_it_is_called() -> None:
    assert refusal(samples.photo("not-a-photo.jpg")) == "这不是照片、扫描件或能收的文件"


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
    # The bytes of a package hold the time they were made, so they name no test.
    ids=["zip", "macros", "cut", "program", "heic", "video", "sound", "old", "unknown", "empty"],
)
def test_what_else_is_refused_says_why(data: bytes, said: str) -> None:
    assert refusal(Source("a.jpg", data=data)) == said


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
