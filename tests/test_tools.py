"""The README's commands: each target explains itself; a missing package is named, never skipped."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")


def put_program(folder: Path, name: str, body: str) -> None:
    program = folder / name
    program.write_text(f"#!/bin/bash\n{body}\n", encoding="utf-8")
    program.chmod(0o755)


@pytest.fixture
def machine(tmp_path: Path) -> Path:
    """A machine of stand-ins: it has one package, libgl1, and its apt-get writes down its calls."""
    folder = tmp_path / "bin"
    folder.mkdir()
    for name in ("bash", "env", "grep"):
        (folder / name).symlink_to(shutil.which(name) or "")
    put_program(folder, "dpkg-query", '[ "${@: -1}" = libgl1 ] && echo installed')
    put_program(folder, "apt-get", f'echo "$@" >> {tmp_path}/calls; [ ! -e {tmp_path}/broken ]')
    put_program(folder, "id", "echo 0")
    return folder


def ask(machine: Path, *packages: str) -> subprocess.CompletedProcess[str]:
    script = str(ROOT / "tools" / "system_packages.sh")
    command = [str(machine / "bash"), script, *packages]
    return subprocess.run(command, env={"PATH": str(machine)}, capture_output=True, text=True, check=False)


def test_nothing_missing_says_nothing(machine: Path) -> None:
    answer = ask(machine, "libgl1")
    assert (answer.returncode, answer.stdout, answer.stderr) == (0, "", "")


def test_root_installs_what_is_missing_and_only_that(machine: Path) -> None:
    answer = ask(machine, "libgl1", "libegl1")
    assert answer.returncode == 0
    assert "libegl1" in answer.stdout
    calls = (machine.parent / "calls").read_text(encoding="utf-8")
    assert "update" in calls
    assert re.search(r"install .*libegl1", calls)
    assert "libgl1" not in calls


def test_without_rights_it_names_what_is_missing_and_fails(machine: Path) -> None:
    put_program(machine, "id", "echo 1000")
    answer = ask(machine, "libgl1", "libegl1", "xvfb")
    assert answer.returncode == 1
    assert "Missing system packages: libegl1 xvfb" in answer.stderr
    assert not (machine.parent / "calls").exists()


def test_an_install_that_fails_names_the_package_and_fails(machine: Path) -> None:
    (machine.parent / "broken").touch()
    answer = ask(machine, "xvfb")
    assert answer.returncode != 0
    assert "xvfb" in answer.stdout + answer.stderr


def test_a_group_stands_for_its_packages(machine: Path) -> None:
    put_program(machine, "id", "echo 1000")
    answer = ask(machine, "run", "test")
    assert all(
        name in answer.stderr for name in ("libxcb-cursor0", "libegl1", "xvfb", "fcitx5", "gnome-keyring")
    )


def test_make_help_names_every_target() -> None:
    targets = re.findall(r"^\.PHONY: (\S+)$", MAKEFILE, re.MULTILINE)
    answer = subprocess.run(["make", "-s", "help"], cwd=ROOT, capture_output=True, text=True, check=True)
    assert {line.split()[0] for line in answer.stdout.splitlines()[1:]} == set(targets)


@pytest.mark.parametrize("name", ["README.md", "README.zh-CN.md", "CONTRIBUTING.md"])
def test_the_papers_name_only_targets_that_exist(name: str) -> None:
    named = set(
        re.findall(r"`?make ([a-z-]+)`|^make ([a-z-]+)$", (ROOT / name).read_text(encoding="utf-8"), re.M)
    )
    targets = {first or second for first, second in named}
    assert targets
    assert targets <= set(re.findall(r"^\.PHONY: (\S+)$", MAKEFILE, re.MULTILINE))


def test_ci_runs_the_command_of_the_readme() -> None:
    lines = (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()
    assert "make test" in lines
