"""Font files are found by name in the font folders, whatever their capitals."""

from pathlib import Path

import pytest

from desk.services.pdf import installed_faces


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a font folder of this test's own."""
    monkeypatch.setattr(installed_faces, "font_folders", lambda: (tmp_path,))
    return tmp_path


def test_a_file_is_found_below_the_folder(folder: Path) -> None:
    inner = folder / "office"
    inner.mkdir()
    (inner / "SimFang.TTF").write_bytes(b"")
    assert installed_faces.find("simfang.ttf") == inner / "SimFang.TTF"
    assert installed_faces.find("simkai.ttf") is None


def test_what_is_no_truetype_file_is_never_found(folder: Path) -> None:
    (folder / "face.otf").write_bytes(b"")
    assert installed_faces.find("face.otf") is None
    assert installed_faces.find("NotoSansSC-Regular") is None


def test_the_folders_of_this_system_are_named() -> None:
    assert installed_faces.font_folders()


def test_windows_keeps_fonts_in_two_folders(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.platform", "win32")
    monkeypatch.setenv("SYSTEMROOT", "C:/Windows")
    monkeypatch.setenv("LOCALAPPDATA", "C:/Users/u/AppData/Local")
    shared, own = installed_faces.font_folders()
    assert shared == Path("C:/Windows/Fonts")
    assert own == Path("C:/Users/u/AppData/Local/Microsoft/Windows/Fonts")
