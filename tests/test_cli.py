"""The command line answers without a window."""

import base64
import io
import json
import subprocess
import sys
from pathlib import Path

import pytest

from desk import __version__, cli
from desk.errors import InputProblem
from desk.models.local import DeviceSecret, SettingValue
from desk.services.attachments.apart import Errand, loaded
from desk.services.profile import parse_import
from desk.services.sheets.headers import Words
from desk.services.sync import gate
from desk.settings import HUB_ADDRESS
from tests.sign_on import PASSWORD, SETUP, MemorySecrets, cheap_login
from tests.unit.services.test_profile import COUNTY, TEXT


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


def test_nothing_of_the_log_comes_between_the_sentences() -> None:
    script = "import logging; from desk import cli; cli.main(['roster', 'nowhere.xlsx'])\n"
    script += "logging.getLogger('desk.keyring').warning('the keyring failed')"
    answer = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert "打不开这个文件" in answer.stderr
    assert "keyring" not in answer.stderr


def test_roster_prints_what_it_understood_without_a_store(capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    town = Path(__file__).parent / "real" / "代表花名册-示例镇.xlsx"
    assert cli.main(["roster", str(town)]) == 0
    answer = json.loads(capfdbinary.readouterr().out)
    assert len(answer["rows"]) == 67
    assert set(answer["rows"][0]) >= {"name", "levels", "constituency", "post", "phone", "departed", "doubts"}


def test_roster_says_what_is_wrong_with_a_file(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert cli.main(["roster", str(tmp_path / "没有.xlsx")]) == 1
    assert "打不开这个文件" in capsys.readouterr().err


@pytest.fixture
def station(tmp_path: Path) -> tuple[Path, str]:
    """A station that has been set up, in its data folder, and its recovery code."""
    folder = tmp_path / "data"
    opened = cheap_login(folder, MemorySecrets(works=False)).first_start(SETUP)
    opened.store.close()
    return folder, opened.recovery_code


def say(monkeypatch: pytest.MonkeyPatch, words: str) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO(words + "\n"))


def test_verify_reads_the_password_from_standard_input(
    station: tuple[Path, str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    say(monkeypatch, PASSWORD)
    assert cli.main(["verify", "--data", str(station[0])]) == 0
    assert "加密：正常" in capsys.readouterr().out


def test_a_wrong_password_is_said_in_a_sentence(
    station: tuple[Path, str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    say(monkeypatch, "不是这个密码")
    assert cli.main(["verify", "--data", str(station[0])]) == 1
    assert "密码不对" in capsys.readouterr().err


def test_a_round_without_a_hub_and_without_a_line_is_said(
    station: tuple[Path, str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    say(monkeypatch, PASSWORD)
    assert cli.main(["sync", "--data", str(station[0])]) == 1
    assert "还没有接县级平台" in capsys.readouterr().err
    login = cheap_login(station[0], MemorySecrets(works=False))
    opened = login.sign_on(login.state().users[0].id, PASSWORD)
    # Nobody listens on the port of discarding.
    with opened.store.write("u1") as rows:
        rows.merge(SettingValue(key=HUB_ADDRESS.key, value="http://127.0.0.1:9"))
        rows.merge(DeviceSecret(name=gate.KEY, secret=b"geheim" * 5 + b".."))
    opened.store.close()
    say(monkeypatch, PASSWORD)
    assert cli.main(["sync", "--data", str(station[0])]) == 1
    told = capsys.readouterr()
    assert "连不上县级平台" in told.out
    assert "geheim" not in told.out + told.err


def test_an_empty_folder_and_a_strange_user_are_said(
    station: tuple[Path, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["verify", "--data", str(tmp_path / "empty")]) == 1
    assert "这里没有数据" in capsys.readouterr().err
    assert cli.main(["verify", "--data", str(station[0]), "--user", "没有某"]) == 1
    assert SETUP.user_name in capsys.readouterr().err


def test_a_backup_comes_back_on_another_pc_by_the_recovery_code(
    station: tuple[Path, str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    data, code = station
    copies = tmp_path / "copies"
    copies.mkdir()
    say(monkeypatch, PASSWORD)
    assert cli.main(["backup", "--data", str(data), "--to", str(copies)]) == 0
    made = next(copies.glob("*.db"))
    assert str(made) in capsys.readouterr().out
    other = tmp_path / "other"
    say(monkeypatch, code.lower())
    assert cli.main(["restore", str(made), "--data", str(other)]) == 0
    say(monkeypatch, PASSWORD)
    assert cli.main(["verify", "--data", str(other)]) == 0


def test_no_code_is_asked_for_a_copy_that_is_not_there(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert cli.main(["restore", str(tmp_path / "desk.db")]) == 1
    assert "打不开这个文件" in capsys.readouterr().err


def test_a_wrong_recovery_code_restores_nothing(
    station: tuple[Path, str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    copies = tmp_path / "copies"
    copies.mkdir()
    say(monkeypatch, PASSWORD)
    cli.main(["backup", "--data", str(station[0]), "--to", str(copies)])
    say(monkeypatch, "ABCD")
    assert cli.main(["restore", str(next(copies.glob("*.db"))), "--data", str(tmp_path / "other")]) == 1
    assert "应为 32 位" in capsys.readouterr().err
    assert not (tmp_path / "other" / "desk.db").exists()


def test_read_sheet_is_the_errand_the_program_gives_itself(
    capfdbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without it old xls rosters cannot be read (services/sheets/apart.py)."""
    missing = Path(__file__).parent / "real" / "没有.xls"
    monkeypatch.setattr("desk.services.sheets.native.child.limit", lambda: None)
    assert cli.main(["read-sheet", str(missing), "", Words((), ()).as_json()]) == 0
    assert "refused" in json.loads(capfdbinary.readouterr().out)
    assert "read-sheet" not in cli._parser().format_help()


def test_looking_at_a_file_is_an_errand_too(
    capfdbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without it no photo can be taken in (services/attachments/apart.py)."""
    monkeypatch.setattr("desk.services.attachments.native.child.limit", lambda: None)
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"%PDF-1.7 nothing")))
    assert cli.main(["look-at-file", Errand("take", "pdf", pages=9).as_json()]) == 0
    with pytest.raises(InputProblem, match="PDF"):
        loaded(capfdbinary.readouterr().out)
    assert "look-at-file" not in cli._parser().format_help()


def test_seed_makes_a_store_to_sign_on_to(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "seeded"
    say(monkeypatch, PASSWORD)
    assert cli.main(["seed", "--visits", "30", "--seed", "7", "--out", str(out)]) == 0
    assert "造好了 30 次来访" in capsys.readouterr().out
    say(monkeypatch, PASSWORD)
    assert cli.main(["verify", "--data", str(out), "--user", "周某某"]) == 0


def test_the_county_makes_a_key_and_signs_a_profile(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    key, rules, signed = tmp_path / "county.pem", tmp_path / "rules.toml", tmp_path / "signed.toml"
    rules.write_text(TEXT, "utf-8")
    say(monkeypatch, "县里的口令八个字")
    assert cli.main(["profile", "key", "--out", str(key)]) == 0
    told = capsys.readouterr().out.splitlines()[-1]
    say(monkeypatch, "县里的口令八个字")
    assert cli.main(["profile", "sign", str(rules), "--key", str(key), "--out", str(signed)]) == 0
    assert capsys.readouterr().out.splitlines()[-1] == told
    found = parse_import(signed.read_bytes(), None)
    assert found.origin == "county"
    assert found.fingerprint in told


def test_a_signing_key_comes_through_standard_input_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    rules, signed = tmp_path / "rules.toml", tmp_path / "signed.toml"
    rules.write_text(TEXT, "utf-8")
    say(monkeypatch, base64.b64encode(COUNTY.private_bytes_raw()).decode())
    assert cli.main(["profile", "sign", str(rules), "--out", str(signed)]) == 0
    assert parse_import(signed.read_bytes(), COUNTY.public_key().public_bytes_raw()).origin == "county"
    say(monkeypatch, "")
    assert cli.main(["profile", "sign", str(rules), "--out", str(tmp_path / "no.toml")]) == 1
    assert "没有读到签名密钥" in capsys.readouterr().err
    assert not (tmp_path / "no.toml").exists()


def test_the_key_is_never_an_argument(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert cli.main(["profile", "sign", str(tmp_path / "没有"), "--key", "AAAA", "--out", "x"]) == 1
    assert "打不开这个文件" in capsys.readouterr().err
    with pytest.raises(SystemExit):
        cli.main(["profile"])
