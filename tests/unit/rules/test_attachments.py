"""What a file is by its bytes, how it is called, how large it is kept (PI-06, PI-16; fault 27)."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.rules import attachments
from desk.rules.attachments import fitted, kept_name, sniff, turned
from desk.services.profile import load_default

PHOTOS = Path(__file__).parents[2] / "real" / "photos"
DAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        (b"\xff\xd8\xff\xe0", "jpeg"),
        (b"\x89PNG\r\n\x1a\n", "png"),
        (b"GIF89a", "gif"),
        (b"RIFF\x10\x00\x00\x00WEBPVP8 ", "webp"),
        (b"RIFF\x10\x00\x00\x00WAVEfmt ", "sound"),
        (b"II*\x00", "tiff"),
        (b"MM\x00*", "tiff"),
        (b"BM\x46\x00\x00\x00\x00\x00\x00\x00\x36\x00\x00\x00", "bmp"),
        (b"%PDF-1.7", "pdf"),
        (b"\xef\xbb\xbf%PDF-1.4", "pdf"),
        (b"\x00\x00\x00\x18ftypheic", "heic"),
        (b"\x00\x00\x00\x18ftypisom", "film"),
        (b"ID3\x04", "sound"),
        (b"PK\x03\x04", "zip"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "ole"),
        (b"MZ\x90", "program"),
        (b"#!/bin/sh", "program"),
        ("楼前积水二十公分".encode(), "text"),
        ("楼前积水二十公分".encode("gb18030"), "text"),
        (b"\x00\x01\x02\x03", ""),
        (b"", ""),
    ],
)
def test_the_bytes_tell_what_a_file_is(head: bytes, kind: str) -> None:
    assert sniff(head) == kind


def test_a_name_does_not_make_a_photo() -> None:
    assert sniff((PHOTOS / "not-a-photo.jpg").read_bytes()) == "text"
    assert sniff((PHOTOS / "truncated.jpg").read_bytes()) == "jpeg"


@given(st.binary(max_size=300))
def test_whatever_the_bytes_are_there_is_an_answer(data: bytes) -> None:
    assert sniff(data) in {"", "text", "pdf", *(kind for kind, _head in attachments._HEADS)}


@given(st.integers(1, 60_000), st.integers(1, 60_000), st.integers(1200, 6000))
def test_a_picture_is_never_enlarged_and_keeps_its_shape(width: int, height: int, side: int) -> None:
    wide, high = fitted(width, height, side)
    assert 1 <= wide <= width
    assert 1 <= high <= height
    assert max(wide, high) <= side
    if max(width, height) <= side:
        assert (wide, high) == (width, height)
    assert abs(wide * height - high * width) <= max(width, height)


@pytest.mark.parametrize(
    ("name", "kind", "kept"),
    [
        ("积水1.JPG", "jpeg", "积水1.jpg"),
        ("C:\\相机\\IMG_01.HEIC", "jpeg", "IMG_01.jpg"),
        ("../../etc/passwd", "text", "passwd.txt"),
        ("合同.docx", "docx", "合同.docx"),
        ("扫描 2026.11.23", "pdf", "扫描 2026.11.23.pdf"),
        ("", "png", "附件.png"),
        ("...", "png", "附件.png"),
        ("a\x00b\nc.png", "png", "a b c.png"),
    ],
)
def test_a_name_fits_any_disk(name: str, kind: str, kept: str) -> None:
    assert kept_name(name, kind) == kept


@given(st.text(max_size=200), st.sampled_from(["jpeg", "png", "pdf", "docx", "text"]))
def test_no_name_leads_out_of_its_folder(name: str, kind: str) -> None:
    kept = kept_name(name, kind)
    assert 0 < len(kept) <= attachments.NAME_MAX
    assert not set(kept) & set('\\/:*?"<>|\x00\n')
    assert Path(kept).name == kept
    assert not kept.startswith(".")
    assert kept_name(kept, kind) == kept


@given(st.sampled_from([0, 90, 180, 270]), st.integers(-9, 9))
def test_turns_go_round(turn: int, by: int) -> None:
    after = turned(turn, by)
    assert after in {0, 90, 180, 270}
    assert turned(after, -by) == turn
    assert turned(turn, 4) == turn


def test_the_shipped_limits_are_local_rows() -> None:
    profile = load_default()
    limits = attachments.limits(profile, DAY)
    assert {row.source for row in profile.rows("attachment", DAY)} == {"本地设定"}
    assert limits.most_bytes("jpeg") == limits.photo_bytes == 40 << 20
    assert limits.most_bytes("pdf") == limits.file_bytes == 50 << 20
    assert limits.pixels == 120_000_000
    # PI-16: recordings need a consent of their own and are off by default.
    assert not limits.types & {"sound", "film"}


def test_identity_papers_are_protected() -> None:
    """PI-06: a clear photo of an identity card is sensitive."""
    assert attachments.is_protected("identity")
    assert not attachments.is_protected("")
    assert attachments.slot_label("identity") == "身份证件"
    assert attachments.slot_label("F-03") == "F-03"
