"""Files beside the store, encrypted like it: one per content, found by its SHA-256, written whole or not.

    attachments/ab/abcdef….att      the bytes of an attachment
    attachments/ab/abcdef….thumb    its small picture; made again when it is missing
    attachments/new/abcdef….att     durable, but no row has named it yet

A file's name is a keyed hash of the SHA-256: whoever finds the disk cannot ask whether a known photo is on
it. Each file has a key of its own (HKDF of the store's key and a random salt) and is sealed in chunks with
AES-256-GCM, the STREAM construction: the chunk's number and whether it is the last are its nonce; head and
name are authenticated with it. A chunk changed, moved or left out, or a file under another name, does not
open. Why: docs/decisions/0007-attachments.md.
"""

import hashlib
import hmac
import os
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from desk import ids
from desk.models import cipher, problems

FOLDER: Final = "attachments"
NEW: Final = "new"
CONTENT, THUMB = ".att", ".thumb"
CHUNK: Final = 1 << 18

_MAGIC = b"DESKATT1"
_SALT = 32
_TAG = 16
_PART = ".part"
# Longer than any write takes; seconds.
_WRITING_S = 3600


class Unsound(Exception):
    """The file is missing, cut off, altered, or was sealed under another key or name."""


class SealedFiles:
    """The sealed files of one data folder, or of a backup's folder of the same store."""

    def __init__(self, root: Path, key: bytes) -> None:
        """Args: `root` holds the files; `key` is the store's own."""
        self.root = root
        self._store_key = key
        self._key = derived(key, b"desk attachments 1")
        self._names = derived(key, b"desk attachment names 1")

    def beside(self, root: Path) -> "SealedFiles":
        """Return the files of the same store in another folder."""
        return SealedFiles(root, self._store_key)

    def name(self, sha256: str) -> str:
        """Return what the file of a content is called, without its ending."""
        return hmac.new(self._names, bytes.fromhex(sha256), hashlib.sha256).hexdigest()

    def path(self, sha256: str, ending: str = CONTENT) -> Path:
        """Return where the file is, or where it belongs if there is none."""
        name = self.name(sha256)
        new = self.root / NEW / f"{name}{ending}"
        return new if new.exists() else self.place(name, ending)

    def place(self, name: str, ending: str = CONTENT) -> Path:
        """Return the lasting place of a file by its name."""
        return self.root / name[:2] / f"{name}{ending}"

    def put(self, content: bytes, ending: str = CONTENT, *, sha256: str = "") -> str:
        """Make a content durable and return its SHA-256; one that is there and sound is not written again.

        A small picture is filed under the `sha256` of its content. A new content lies apart until `settle`
        is told that a row names it.

        Raises:
            StoreProblem: the disk is full or fails; then nothing is left of it.
        """
        known = sha256 or hashlib.sha256(content).hexdigest()
        if ending == CONTENT and self.is_sound(known):
            return known
        name = self.name(known)
        target = self.root / NEW / f"{name}{ending}" if ending == CONTENT else self.place(name, ending)
        with problems.files_explained():
            write_durably(target, self._seal(content, f"{name}{ending}"), self.root / NEW)
        return known

    def read(self, sha256: str, ending: str = CONTENT) -> bytes:
        """Return a content in clear.

        Raises:
            Unsound: there is none, or it is not what was sealed.
            StoreProblem: the disk fails.
        """
        content = b"".join(self._chunks(self.path(sha256, ending), f"{self.name(sha256)}{ending}"))
        if ending == CONTENT and hashlib.sha256(content).hexdigest() != sha256:
            raise Unsound
        return content

    def is_sound(self, sha256: str, where: Path | None = None) -> bool:
        """Tell whether the content is there and whole; `where` names another file of the same name."""
        digest = hashlib.sha256()
        try:
            for chunk in self._chunks(where or self.path(sha256), f"{self.name(sha256)}{CONTENT}"):
                digest.update(chunk)
        except Unsound:
            return False
        return digest.hexdigest() == sha256

    def settle(self, sha256: str) -> None:
        """Put a content that a row names now into its lasting place. Raises StoreProblem."""
        name = self.name(sha256)
        new = self.root / NEW / f"{name}{CONTENT}"
        with problems.files_explained():
            if new.exists():
                place = self.place(name)
                make_folder(place.parent)
                new.replace(place)
                cipher.sync_folder(place.parent)

    def forget_small(self, sha256: str) -> None:
        """Take a small picture away, if there is one. Raises StoreProblem."""
        with problems.files_explained():
            self.place(self.name(sha256), THUMB).unlink(missing_ok=True)

    def clear(self, path: Path) -> bool:
        """Take away what no row names and tell whether that was done; a young half is still being written.

        Raises StoreProblem.
        """
        with problems.files_explained():
            young = path.suffix == _PART and abs(time.time() - path.stat().st_mtime) < _WRITING_S
            if not young:
                path.unlink(missing_ok=True)
            return not young

    def waiting(self) -> tuple[Path, ...]:
        """Return the files no row has named when they were written, and halves of a write that was cut."""
        return tuple(sorted((self.root / NEW).glob("*")))

    def names(self) -> Iterator[tuple[str, Path]]:
        """Walk over the contents in their lasting places."""
        for folder in sorted(self.root.glob("[0-9a-f][0-9a-f]")):
            for path in sorted(folder.glob(f"*{CONTENT}")):
                yield path.stem, path

    def _seal(self, content: bytes, bound: str) -> Iterator[bytes]:
        salt = ids.random_bytes(_SALT)
        head = _MAGIC + salt
        cipher_of_file = AESGCM(derived(self._key, b"desk attachment file 1", salt))
        yield head
        starts = range(0, max(len(content), 1), CHUNK)
        for number, start in enumerate(starts):
            nonce = _nonce(number, last=start + CHUNK >= len(content))
            chunk = content[start : start + CHUNK]
            yield cipher_of_file.encrypt(nonce, chunk, head + bound.encode())

    def _chunks(self, path: Path, bound: str) -> Iterator[bytes]:
        try:
            with problems.files_explained(), path.open("rb") as file:
                head = file.read(len(_MAGIC) + _SALT)
                if len(head) != len(_MAGIC) + _SALT or not head.startswith(_MAGIC):
                    raise Unsound
                opens = AESGCM(derived(self._key, b"desk attachment file 1", head[len(_MAGIC) :]))
                number, sealed = 0, file.read(CHUNK + _TAG)
                while True:
                    following = file.read(CHUNK + _TAG)
                    nonce = _nonce(number, last=not following)
                    yield opens.decrypt(nonce, sealed, head + bound.encode())
                    if not following:
                        return
                    number, sealed = number + 1, following
        except (FileNotFoundError, InvalidTag) as error:
            raise Unsound from error


def derived(key: bytes, purpose: bytes, salt: bytes | None = None) -> bytes:
    """Return a 32-byte key for one purpose (HKDF-SHA256)."""
    return HKDF(hashes.SHA256(), cipher.KEY_BYTES, salt=salt, info=purpose).derive(key)


def write_durably(target: Path, pieces: Iterator[bytes], by_way_of: Path) -> None:
    """Write a file so that after a crash it is there whole or not at all. Raises OSError, leaving nothing.

    Args: `by_way_of` is a folder of the same disk, where a crash may leave half of it.
    """
    make_folder(target.parent)
    make_folder(by_way_of)
    part = by_way_of / f"{target.name}.{ids.random_bytes(4).hex()}{_PART}"
    try:
        with part.open("xb") as file:
            part.chmod(0o600)
            for piece in pieces:
                file.write(piece)
            file.flush()
            os.fsync(file.fileno())
        part.replace(target)
        cipher.sync_folder(target.parent)
    finally:
        part.unlink(missing_ok=True)


def make_folder(folder: Path) -> None:
    """Make a folder, durably, if it is not there. Raises OSError."""
    if not folder.exists():
        make_folder(folder.parent)
        folder.mkdir(mode=0o700, exist_ok=True)
        cipher.sync_folder(folder.parent)


def is_half(path: Path) -> bool:
    """Tell whether this is what a write that was cut off has left."""
    return path.suffix == _PART


def _nonce(number: int, *, last: bool) -> bytes:
    return number.to_bytes(11, "big") + bytes([last])
