"""Pinyin of names (domain.md §11)."""

import gc
import subprocess
import sys
import unicodedata

import pypinyin
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from desk.rules import pinyin
from desk.rules.names import COMPOUND_SURNAMES
from desk.rules.pinyin import plain_spelling, readings, without_marks

OVERRIDES = """
单shan 仇qiu 解xie 曾zeng 查zha 朴piao 区ou 盖ge 乐yue 种chong 繁po 缪miao 翟zhai 员yun 折she 召shao 黑he 秘bi
祭zhai 覃qin 隗wei 洗xian 郇xun 佴nai 乜nie 阚kan 能nai 句gou 粘nian 重chong 参shen 都du 角jue 省xing 适kuo
蕃pi 六lu 降xiang 藏zang
"""
RARE = """
喆zhe 堃kun 䶮yan 㛃jie 㼆ying 䜣xin 㑇zhou 鿍gang 𬱖di 𬸣xian 𬎆ying 𫖯fu 𬍛li 𠅤xi 𬭎hong 𬀩wei 𬸚yue 𬜬man
𫇭wei 𪟝ji 𬙂yan 𬘭chen 𫄸xun 𤩽huan
"""


def test_the_dictionary_leaves_collections_off_where_the_qt_thread_has_them() -> None:
    gc.disable()
    try:
        pinyin._library.__wrapped__()
        assert not gc.isenabled()
    finally:
        gc.enable()


@pytest.mark.parametrize("entry", OVERRIDES.split())
def test_surname_readings_come_first(entry: str) -> None:
    """The whole override list of §11."""
    surname, syllable = entry[0], entry[1:]
    known = readings(f"{surname}某")
    assert known.syllables[0] == f"{syllable} mou"
    assert known.initials[0] == f"{syllable[0]}m"


@pytest.mark.parametrize(
    ("name", "initials"),
    [
        *(
            ("单某", ("sm", "dm", "cm")),
            ("仇某", ("qm", "cm", "jm")),
            ("解某", ("xm", "jm")),
            ("曾某", ("zm", "cm")),
        ),
        *(
            ("乐某", ("ym", "lm")),
            ("覃某", ("qm", "tm", "ym")),
            ("秘某", ("bm", "mm")),
            ("阚某", ("km", "hm")),
        ),
    ],
)
def test_all_readings_of_the_first_character_are_indexed(name: str, initials: tuple[str, ...]) -> None:
    assert readings(name).initials == initials


@pytest.mark.parametrize(("name", "also"), [("覃某", "tan mou"), ("隗某", "kui mou"), ("郇某", "huan mou")])
def test_second_surname_readings(name: str, also: str) -> None:
    assert readings(name).syllables[1] == also


@pytest.mark.parametrize(
    ("surname", "spelling"),
    [
        ("乐正", "yue zheng"),
        ("万俟", "mo qi"),
        ("尉迟", "yu chi"),
        ("长孙", "zhang sun"),
        ("单于", "chan yu"),
        ("澹台", "tan tai"),
    ],
)
def test_compound_surnames(surname: str, spelling: str) -> None:
    assert readings(f"{surname}某").syllables[0] == f"{spelling} mou"


def test_every_compound_surname_has_readings() -> None:
    for surname in COMPOUND_SURNAMES:
        known = readings(f"{surname}某")
        assert known.unknown == ""
        assert len(known.initials[0]) == len(surname) + 1


def test_the_clerks_habit() -> None:
    assert readings("欧阳修").initials == ("oyx",)


@pytest.mark.parametrize("entry", RARE.split())
def test_rare_characters_have_their_reading(entry: str) -> None:
    """The 24 of §11, 𬘭 as in names included."""
    assert readings(f"王{entry[0]}").syllables[0] == f"wang {entry[1:]}"


def test_the_separator_is_dropped() -> None:
    assert "mmttex" in readings("买买提·吐尔逊").initials
    assert readings("阿卜杜热合曼·买买提").initials[0] == "abdrhmmmt"
    assert readings("努尔麦麦提·阿卜杜喀迪尔").initials == ("nemmtabdkde",)


def test_unknown_characters_are_left_out_and_named() -> None:
    """Extension I and private use: the clerk fills in the initials."""
    known = readings("王\U0002ebf0\U0002ebf1某")
    assert known.initials[0] == "wm"
    assert known.unknown == "\U0002ebf0\U0002ebf1"
    assert readings("\ue000").initials == ()
    assert readings("\ue000").unknown == "\ue000"


def test_latin_words_are_syllables() -> None:
    assert readings("John Smith").initials == ("js",)
    assert readings("José·某").syllables == ("jose mou",)
    assert readings("王A某").initials[0] == "wam"


def test_nothing_has_no_reading() -> None:
    assert readings("").initials == ()
    assert readings("·").syllables == ()


@pytest.mark.parametrize("typed", ["lv", "lü", "lyu", "LV", "Lü", "lu\u0308"])
def test_lv_in_every_spelling(typed: str) -> None:
    assert plain_spelling(typed) == "lv"
    assert readings("吕某").syllables == ("lv mou",)


@pytest.mark.parametrize("typed", ["nv", "nü", "nyu"])
def test_nv_in_every_spelling(typed: str) -> None:
    assert plain_spelling(typed) == "nv"


def test_other_letters_lose_their_accents_only() -> None:
    assert plain_spelling("Müller José yun") == "muller jose yun"


@given(st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=1, max_size=6))
@example("欸")
def test_every_everyday_name_can_be_typed(name: str) -> None:
    known = readings(name)
    assert known.initials or known.unknown
    for initials in known.initials:
        assert len(initials) + len(known.unknown) >= len(name) - 1
        assert initials.isascii()
        assert initials.isalpha()


@given(st.text())
def test_any_text_is_answered(text: str) -> None:
    known = readings(text)
    assert all(spelling.replace(" ", "").isalpha() for spelling in known.syllables)


def test_the_dictionary_is_loaded_only_when_needed() -> None:
    """pypinyin takes 0.2 s: importing the rule must not load it."""
    code = "import sys, desk.rules.pinyin; sys.exit('pypinyin' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_a_text_without_marks_is_left_as_it_is() -> None:
    for character in filter(str.isprintable, map(chr, range(0x20, 0x30000))):
        apart = unicodedata.normalize("NFD", character)
        plain = "".join(c for c in apart if unicodedata.category(c)[0] != "M")
        assert without_marks(character) == plain, hex(ord(character))


@given(st.text(st.sampled_from("王建国长乐重庆行单𬱖か㑇"), min_size=2, max_size=2))
@example("长乐")
@example("重庆")
def test_signs_read_one_by_one_are_read_as_the_library_reads_the_pair(given_name: str) -> None:
    whole = pypinyin.lazy_pinyin([given_name], style=pypinyin.Style.NORMAL)
    spelt = [item for item in whole if item.isascii()]
    known = readings(f"王{given_name}").syllables
    assert known[0].split()[1:] == [each for each in spelt if each]
