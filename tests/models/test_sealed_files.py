"""One sealed file a content: whole or not there, and nobody else's (sync.md 2.10, faults 6, 10, 19)."""

import hashlib
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desk.errors import StoreProblem
from desk.models import sealed_files
from desk.models.sealed_files import CHUNK, NEW, THUMB, SealedFiles, Unsound
from tests.stores import KEY

CONTENT = "楼前积水".encode() * 1000


@pytest.fixture
def files(tmp_path: Path) -> SealedFiles:
    """A folder for sealed files; it is made with the first."""
    return SealedFiles(tmp_path / "attachments", KEY)


@given(
    st.sampled_from([0, 1, 15, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK, 3 * CHUNK + 7]), st.binary(max_size=9)
)
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
def test_what_is_put_comes_back(files: SealedFiles, length: int, seed: bytes) -> None:
    content = (seed or b"\x00") * (length // max(1, len(seed)) + 1)
    content = content[:length]
    sha256 = files.put(content)
    assert sha256 == hashlib.sha256(content).hexdigest()
    assert files.read(sha256) == content
    assert files.is_sound(sha256)


def test_nothing_of_a_content_can_be_read_or_asked_for(files: SealedFiles) -> None:
    """Fault 19: neither words nor the SHA-256 of a known photo stand on the disk."""
    sha256 = files.put(CONTENT)
    files.put(b"small" + CONTENT[:90], THUMB, sha256=sha256)
    for path in files.root.rglob("*"):
        assert sha256[:12] not in path.name
        if path.is_file():
            assert CONTENT[:12] not in path.read_bytes()
            assert path.stat().st_mode & 0o077 == 0


def test_the_same_content_is_kept_once(files: SealedFiles) -> None:
    first = files.put(CONTENT)
    before = files.path(first).read_bytes()
    assert files.put(CONTENT) == first
    assert files.path(first).read_bytes() == before
    assert len(list(files.root.rglob("*.att"))) == 1


def test_a_named_content_moves_to_its_lasting_place(files: SealedFiles) -> None:
    sha256 = files.put(CONTENT)
    assert [path.parent.name for path in files.waiting()] == [NEW]
    files.settle(sha256)
    files.settle(sha256)
    assert files.waiting() == ()
    assert [name for name, _path in files.names()] == [files.name(sha256)]
    assert files.read(sha256) == CONTENT


@pytest.mark.parametrize("place", [0, 8, 30, 41, 200, -20, -1])
def test_one_bit_changed_does_not_open(files: SealedFiles, place: int) -> None:
    sha256 = files.put(CONTENT)
    body = bytearray(files.path(sha256).read_bytes())
    body[place] ^= 1
    files.path(sha256).write_bytes(body)
    assert not files.is_sound(sha256)
    with pytest.raises(Unsound):
        files.read(sha256)
    # Taken in again it is whole again.
    files.put(CONTENT)
    assert files.read(sha256) == CONTENT


@pytest.mark.parametrize("kept", [0, 7, 40, 41, 60, CHUNK + 56, -1, -16, -17])
def test_a_cut_file_does_not_open(files: SealedFiles, kept: int) -> None:
    sha256 = files.put(CONTENT * 40)
    path = files.path(sha256)
    path.write_bytes(path.read_bytes()[:kept])
    assert not files.is_sound(sha256)


def test_chunks_cannot_change_places(files: SealedFiles) -> None:
    sha256 = files.put(bytes(CHUNK) * 3)
    path, step = files.path(sha256), CHUNK + 16
    body = path.read_bytes()
    head, first, second = body[:40], body[40 : 40 + step], body[40 + step : 40 + 2 * step]
    path.write_bytes(head + second + first + body[40 + 2 * step :])
    assert not files.is_sound(sha256)
    path.write_bytes(head + first + body[40 + 2 * step :])
    assert not files.is_sound(sha256)


def test_a_file_under_another_name_does_not_open(files: SealedFiles) -> None:
    one, two = files.put(CONTENT), files.put(CONTENT + b"!")
    files.path(one).replace(files.path(two))
    assert not files.is_sound(two)


def test_another_key_finds_and_opens_nothing(files: SealedFiles) -> None:
    sha256 = files.put(CONTENT)
    other = SealedFiles(files.root, bytes(32))
    assert not other.path(sha256).exists()
    other.path(sha256).parent.mkdir()
    other.path(sha256).write_bytes(files.path(sha256).read_bytes())
    assert not other.is_sound(sha256)


def test_what_crashes_leave_is_cleared_but_not_what_is_being_written(files: SealedFiles) -> None:
    sha256 = files.put(CONTENT)
    half = files.root / NEW / f"{files.name(sha256)}.att.0badf00d.part"
    half.write_bytes(b"half")
    assert sealed_files.is_half(half)
    assert not files.clear(half)
    import os

    os.utime(half, (0, 0))
    assert files.clear(half)
    assert files.clear(files.path(sha256))
    assert files.waiting() == ()


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(StoreProblem):
        SealedFiles(tmp_path / "file", KEY).put(CONTENT)


def test_the_small_picture_goes_on_its_own(files: SealedFiles) -> None:
    sha256 = files.put(CONTENT)
    files.put(b"small", THUMB, sha256=sha256)
    assert files.read(sha256, THUMB) == b"small"
    files.forget_small(sha256)
    files.forget_small(sha256)
    with pytest.raises(Unsound):
        files.read(sha256, THUMB)
    assert files.read(sha256) == CONTENT
