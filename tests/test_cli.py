"""The command line answers without a window."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from desk import __version__, cli


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        cli.main(["--version"])
    assert ended.value.code == 0
    assert capsys.readouterr().out.strip() == __version__


def test_an_unknown_command_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        cli.main(["fly"])
    assert ended.value.code == 2
    assert "fly" in capsys.readouterr().err


def test_the_version_needs_neither_qt_nor_sql() -> None:
    script = "import sys; from desk import cli\ntry: cli.main(['--version'])\nexcept SystemExit: pass\n"
    script += "print(sorted({'PySide6', 'sqlalchemy', 'reportlab'} & set(sys.modules)))"
    answer = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert answer.stdout.split() == [__version__, "[]"]


def test_roster_prints_what_it_understood_without_a_store(capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    town = Path(__file__).parent / "real" / "代表花名册-示例镇.xlsx"
    assert cli.main(["roster", str(town)]) == 0
    answer = json.loads(capfdbinary.readouterr().out)
    assert len(answer["rows"]) == 67
    assert set(answer["rows"][0]) >= {"name", "levels", "constituency", "post", "phone", "departed", "doubts"}


def test_roster_says_what_is_wrong_with_a_file(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert cli.main(["roster", str(tmp_path / "没有.xlsx")]) == 1
    assert "打不开这个文件" in capsys.readouterr().err
