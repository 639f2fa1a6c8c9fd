"""Faces by role: installed ones that may be embedded go first, character by character (DOC-05)."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from desk import paths
from desk.rules.profile import Profile, Row
from desk.services.pdf import faces, fonts, installed_faces, official, prose
from desk.services.pdf.faces import Faces
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
    assert found == Faces(body=("test-face.ttf",))
    assert faces.of_profile(_profile("absent.ttf"), DAY) == faces.SHIPPED


@pytest.mark.usefixtures("installed")
def test_an_installed_face_is_embedded_and_what_it_lacks_falls_back(tmp_path: Path) -> None:
    found = Faces(body=("test-face.ttf",))
    assert fonts.place("王", False, found.body) == ("test-face.ttf", 1000.0)
    placed = fonts.place("𣇉", False, found.body)
    assert placed is not None
    assert placed[0] == fonts.RARE
    pdf = official.draw("样张", prose.paragraph("王某某" + RARE, found), faces=found)
    assert RARE in texts(pdf)[0]
    assert all(font[1:] == ("yes", "yes", "yes") for font in listed(pdf, tmp_path))
