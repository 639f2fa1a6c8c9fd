"""Faces by role: installed ones that may be embedded go first, character by character (DOC-05)."""

import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from desk import paths
from desk.rules.profile import Profile, Row
from desk.services.pdf import faces, fonts, installed_faces, official, prose
from tests.paper_samples import RARE, texts
from tests.paper_samples import fonts as listed

DAY = date(2026, 11, 3)


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a font folder with one good face, called as no other, and one broken file."""
    monkeypatch.setattr(installed_faces, "font_folders", lambda: (tmp_path,))
    shutil.copy(paths.resources() / "fonts" / "NotoSansSC-Bold.ttf", tmp_path / "test-face.ttf")
    (tmp_path / "broken-face.ttf").write_bytes(b"OTTO" + bytes(100))
    faces.is_usable.cache_clear()
    return tmp_path


def _profile(*names: str) -> Profile:
    rows = [
        Row(f"paper.face.{role}", names if role == "body" else (), "list", DAY, "本地设定")
        for role in ("body", "title", "kai", "hei")
    ]
    return Profile("p", "1", tuple(rows))


@pytest.mark.usefixtures("installed")
def test_the_first_usable_face_is_taken() -> None:
    found = faces.of_profile(_profile("absent.ttf", "broken-face.ttf", "test-face.ttf"), DAY)
    assert found == replace(faces.SHIPPED, body=("test-face.ttf", faces.SONG))
    assert faces.of_profile(_profile("absent.ttf"), DAY) == faces.SHIPPED


@pytest.mark.usefixtures("installed")
def test_an_installed_face_is_embedded_and_what_it_lacks_falls_back(tmp_path: Path) -> None:
    found = replace(faces.SHIPPED, body=("test-face.ttf", faces.SONG))
    assert fonts.place("王", False, found.body) == ("test-face.ttf", 1000.0)
    placed = fonts.place("𣇉", False, found.body)
    assert placed is not None
    assert placed[0] == fonts.RARE
    pdf = official.draw("样张", prose.paragraph("王某某" + RARE, found), faces=found)
    assert RARE in texts(pdf)[0]
    assert all(font[1:] == ("yes", "yes", "yes") for font in listed(pdf, tmp_path))


@pytest.mark.parametrize("name", [faces.SONG, faces.SONG_BOLD])
def test_the_shipped_serif_has_every_character_of_gb_2312(name: str) -> None:
    rows = (
        bytes([high, low]).decode("gb2312", "ignore")
        for high in range(0xB0, 0xF8)
        for low in range(0xA1, 0xFF)
    )
    han = "".join(rows)
    assert len(han) == 6763
    # 喆, 堃 and 䶮 are of the standard table and stand in names.
    for character in han + "喆堃䶮〇":
        placed = fonts.place(character, False, (name,))
        assert placed is not None
        assert placed[0] == name
