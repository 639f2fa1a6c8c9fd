"""Files are saved whole or not at all (issue A §8: disk full while printing)."""

import errno
from pathlib import Path

import pytest

from desk.errors import PaperProblem
from desk.services import paper_files, slots_json


def test_a_file_is_replaced_as_a_whole(tmp_path: Path) -> None:
    path = tmp_path / "回执.pdf"
    paper_files.save(path, b"old")
    paper_files.save(path, b"new")
    assert path.read_bytes() == b"new"
    assert [each.name for each in tmp_path.iterdir()] == ["回执.pdf"]


@pytest.mark.parametrize(
    ("number", "sentence", "field"),
    [
        (errno.ENOSPC, "磁盘已满", "full"),
        (errno.EACCES, "不能写入", "readonly"),
        (errno.EIO, "写不进去", "disk"),
    ],
)
def test_a_failure_is_a_sentence(
    number: int, sentence: str, field: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_path: Path, _content: bytes) -> None:
        raise OSError(number, "no")

    monkeypatch.setattr(paper_files, "replace_file", fail)
    with pytest.raises(PaperProblem, match=sentence) as caught:
        paper_files.save(tmp_path / "a.pdf", b"x")
    assert caught.value.field == field
    assert caught.value.way_out


def test_a_full_disk_leaves_the_older_file_and_no_half_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "回执.pdf"
    path.write_bytes(b"old")

    def full(_handle: int) -> None:
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(slots_json.os, "fsync", full)
    with pytest.raises(PaperProblem, match="磁盘已满"):
        paper_files.save(path, b"new")
    assert path.read_bytes() == b"old"
    assert [each.name for each in tmp_path.iterdir()] == ["回执.pdf"]


def test_a_folder_that_is_gone_is_told(tmp_path: Path) -> None:
    with pytest.raises(PaperProblem, match="U盘") as caught:
        paper_files.save(tmp_path / "U盘" / "a.pdf", b"x")
    assert "换一个文件夹" in caught.value.way_out
