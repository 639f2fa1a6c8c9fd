"""The command line answers without a window."""

import subprocess
import sys

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
