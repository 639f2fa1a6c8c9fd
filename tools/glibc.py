"""Which C library a folder of shared objects needs, read from the version needs of its ELF files."""

import struct
import sys
from collections.abc import Iterator
from pathlib import Path

_SECTION_VERNEED = 0x6FFFFFFE
_HEADER = struct.Struct("<16sHHIQQQIHHHHHH")
_SECTION = struct.Struct("<IIQQQQIIQQ")
_NEED = struct.Struct("<HHIII")
_NEED_AUX = struct.Struct("<IHHII")

Version = tuple[int, ...]


def needed_versions(binary: Path) -> set[str]:
    """Return the symbol versions, such as GLIBC_2.28, a 64-bit little-endian ELF file asks for, or none."""
    data = binary.read_bytes()
    if data[:6] != b"\x7fELF\x02\x01":
        return set()
    header = _HEADER.unpack_from(data)
    offset, size, count = header[6], header[11], header[12]
    sections = [_SECTION.unpack_from(data, offset + number * size) for number in range(count)]
    names: set[str] = set()
    for section in sections:
        if section[1] == _SECTION_VERNEED:
            strings = sections[section[6]][4]
            names.update(_text(data, strings + name) for name in _needs(data, section[4]))
    return names


def _needs(data: bytes, start: int) -> Iterator[int]:
    """Walk the list of needed files and, below each, of versions; yield the offsets of their names."""
    while True:
        _, count, _, first, following = _NEED.unpack_from(data, start)
        place = start + first
        for _ in range(count):
            _, _, _, name, step = _NEED_AUX.unpack_from(data, place)
            yield name
            place += step
        if not following:
            return
        start += following


def _text(data: bytes, start: int) -> str:
    return data[start : data.index(b"\0", start)].decode("ascii")


def highest(folder: Path, family: str = "GLIBC_") -> dict[str, Version]:
    """Return, for each first-level name below `folder`, the highest version of that family it needs."""
    found: dict[str, Version] = {}
    for binary in sorted(folder.rglob("*")):
        if not binary.is_file() or binary.is_symlink():
            continue
        versions = [_parse(name, family) for name in needed_versions(binary) if name.startswith(family)]
        top = binary.relative_to(folder).parts[0]
        found[top] = max([found.get(top, ()), *versions])
    return {name: version for name, version in found.items() if version}


def _parse(name: str, family: str) -> Version:
    number = name.removeprefix(family)
    return tuple(int(part) for part in number.split(".")) if number[:1].isdigit() else ()


def spell(version: Version) -> str:
    """Return a version as people write it: 2.28."""
    return ".".join(str(part) for part in version)


if __name__ == "__main__":
    for each, needed in sorted(highest(Path(sys.argv[1])).items(), key=lambda row: row[1]):
        print(f"{spell(needed):>7}  {each}")
