"""Text tables in the character sets offices use."""

from pathlib import Path

import pytest

from desk.errors import InputProblem
from desk.services.sheets import text_file
from desk.services.sheets.table import MAX_LINES
from desk.services.sheets.text_file import decode, read_text

WORDS = "姓名,电话\r\n万䶮,13800138000\r\n方𬍛,13900139000\r\n"


@pytest.mark.parametrize("charset", ["utf-8-sig", "utf-8", "gb18030", "utf-16"])
def test_every_character_set_gives_the_same_words(charset: str) -> None:
    """Byte order mark, then strict UTF-8, then GB 18030; rare characters of all four."""
    assert decode(WORDS.encode(charset)) == WORDS


def test_gb18030_of_2022_gives_real_characters() -> None:
    """NM-09: Python's codec still leaves these two-byte codes private."""
    assert decode(bytes.fromhex("fe59fe61a6d9a8bc")) == "\u9fb4\u9fb5\ufe10\u1e3f"
    assert decode(bytes.fromhex("fea0a6dba6daa6f3")) == "\u9fbb\ufe11\ufe12\ufe19"
    assert decode("\ue81e".encode()) == "\ue81e"  # a private character in UTF-8 stays, to be doubted (NM-08)


@pytest.mark.parametrize("separator", [",", "\t", ";", "|"])
def test_the_separator_is_found(tmp_path: Path, separator: str) -> None:
    path = tmp_path / "名单.txt"
    path.write_text(
        separator.join(("姓名", "级别", "电话")) + "\n" + separator.join(("王某", "县、镇", "1")) + "\n",
        "utf-8",
    )
    assert read_text(path).lines[1].cells == ("王某", "县、镇", "1")


def test_numbers_kept_as_text_lose_their_marks(tmp_path: Path) -> None:
    path = tmp_path / "名单.csv"
    path.write_text('姓名,电话,证号\n王某,="13800138000",\'02026000\n李某,13900139000\t,x\n', "utf-8")
    lines = read_text(path).lines
    assert lines[1].cells == ("王某", "13800138000", "02026000")
    assert lines[2].cells[1] == "13900139000"


def test_line_numbers_are_the_files_own(tmp_path: Path) -> None:
    path = tmp_path / "名单.csv"
    path.write_text("名单\n\n姓名,电话\n,,\n王某,1\n", "utf-8")
    assert [line.number for line in read_text(path).lines] == [1, 3, 5]


def test_an_unclosed_quote_is_told(tmp_path: Path) -> None:
    path = tmp_path / "名单.csv"
    path.write_text('姓名,电话\n王某,"1\n' + "李某,2\n" * 8, "utf-8")
    assert "引号" in read_text(path).notes[0]


def test_too_many_lines_and_too_long_a_cell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "名单.csv"
    path.write_text("王某,1\n" * (MAX_LINES + 1), "utf-8")
    with pytest.raises(InputProblem):
        read_text(path)
    path.write_text('姓名,"' + "某" * 200_000 + '"\n', "utf-8")
    with pytest.raises(InputProblem):
        text_file.read_text(path)
