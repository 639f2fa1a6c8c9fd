"""What is dropped or pasted: files first, a picture where there is none, and nothing else."""

import io
from pathlib import Path

from PIL import Image
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QImage

from desk.ui.attachments.sources import from_paths, has_any, sources_of


def _picture() -> QImage:
    made = QImage(40, 30, QImage.Format.Format_RGB32)
    made.fill(Qt.GlobalColor.red)
    return made


def test_a_picture_becomes_a_png_in_memory(qapp: object) -> None:
    data = QMimeData()
    data.setImageData(_picture())
    assert has_any(data)
    [source] = sources_of(data)
    assert source.path is None
    # Nothing is encoded on the Qt thread: the bytes come when they are asked for.
    assert source.data == b""
    assert source.make is not None
    assert Image.open(io.BytesIO(source.make())).size == (40, 30)


def test_files_go_before_the_picture_that_comes_with_them(qapp: object, tmp_path: Path) -> None:
    data = QMimeData()
    data.setImageData(_picture())
    path = tmp_path / "积水 1.jpg"
    data.setUrls([QUrl.fromLocalFile(str(path))])
    assert [source.path for source in sources_of(data)] == [path]


def test_words_and_web_addresses_are_no_files(qapp: object) -> None:
    data = QMimeData()
    data.setText("王某某")
    data.setUrls([QUrl("https://example.invalid/a.jpg")])
    assert not has_any(data)
    assert sources_of(data) == ()


def test_chosen_files_keep_their_names(tmp_path: Path) -> None:
    assert [source.name for source in from_paths((tmp_path / "a.jpg", tmp_path / "b.pdf"))] == [
        "a.jpg",
        "b.pdf",
    ]
