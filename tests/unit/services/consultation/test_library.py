"""The library: citing by one key, full texts taken in with preview, found, and taken back."""

from datetime import date
from pathlib import Path

import pytest

from desk.errors import AccessProblem, InputProblem
from desk.rules.statutes import Number
from desk.services.consultation.forms import CitationForm
from desk.services.consultation.library import ImportedTexts
from tests.unit.services.consultation.advice_stage import AdviceStage
from tests.unit.services.consultation.test_law_texts import TEXT


@pytest.fixture
def rule(tmp_path: Path) -> Path:
    """Give a local rule as a text file."""
    file = tmp_path / "条例.txt"
    file.write_text(TEXT, encoding="utf-8")
    return file


def test_one_key_cites_article_and_version(advice: AdviceStage) -> None:
    found = advice.desk.library.find("民法典 188")[0]
    assert found.article is not None
    words = advice.desk.library.cite(found.law.code, found.article.number.key)
    assert words == "《中华人民共和国民法典》第一百八十八条（2021年1月1日施行）"


def test_a_preview_writes_nothing(advice: AdviceStage, rule: Path) -> None:
    plan = advice.desk.library.preview(rule)
    assert (plan.name, plan.version_on, len(plan.articles), plan.replaces) == (
        "某市物业管理条例",
        date(2020, 3, 1),
        4,
        0,
    )
    assert advice.desk.library.find("委托社区") == ()


def test_what_is_taken_in_is_found_and_cited_and_taken_back(advice: AdviceStage, rule: Path) -> None:
    library = advice.desk.library
    batch = library.take_in(library.preview(rule)).value
    (found,) = library.find("委托社区")
    assert str(found.article and found.article.number) == "第二条之一"
    assert library.cite(found.law.code, "2-1") == "《某市物业管理条例》第二条之一（2020年3月1日施行）"
    assert library.text(found.law.code, Number(3)) == "业主对共有部分享有权利。"
    assert library.preview(rule).replaces == 4
    (deep,) = library.find("法律另有规定的除外 物业管理")
    assert deep.article is not None
    assert deep.article.words.endswith("法律另有规定的除外。")
    library.undo(batch.id)
    assert library.find("委托社区") == ()
    assert [each.undone for each in library.batches()] == [True]
    with pytest.raises(InputProblem, match="已经撤销"):
        library.undo(batch.id)


def test_undoing_brings_back_what_was_replaced(advice: AdviceStage, rule: Path) -> None:
    library = advice.desk.library
    first = library.take_in(library.preview(rule)).value
    rule.write_text(TEXT.replace("享有权利", "享有权利、承担义务"), encoding="utf-8")
    second = library.take_in(library.preview(rule)).value
    code = library.find("委托社区")[0].law.code
    assert library.text(code, Number(3)).endswith("承担义务。")
    with pytest.raises(InputProblem, match="后来又导入过"):
        library.undo(first.id)
    library.undo(second.id)
    assert library.text(code, Number(3)) == "业主对共有部分享有权利。"


def test_a_sheet_of_an_older_version_is_read_with_the_words_it_cited(advice: AdviceStage, rule: Path) -> None:
    library = advice.desk.library
    old, new = date(2020, 3, 1), date(2025, 3, 1)
    library.take_in(library.preview(rule, version_on=old))
    rule.write_text(TEXT.replace("享有权利", "享有权利、承担义务"), encoding="utf-8")
    library.take_in(library.preview(rule, version_on=new))
    code = library.find("委托社区")[0].law.code
    assert library.text(code, Number(3), old) == "业主对共有部分享有权利。"
    assert library.text(code, Number(3), new) == library.text(code, Number(3))
    assert library.text(code, Number(3)).endswith("承担义务。")
    assert library.text(code, Number(3), date(2019, 1, 1)) == ""


def test_each_version_of_an_article_is_read_and_cited_as_it_is(advice: AdviceStage, rule: Path) -> None:
    """Which version held when it happened is for the lawyer to say; what is gone since is found too."""
    library = advice.desk.library
    old, new = date(2020, 3, 1), date(2025, 3, 1)
    library.take_in(library.preview(rule, version_on=old))
    changed = TEXT.replace("享有权利", "享有权利、承担义务").replace(
        "第二条之一 业主大会可以委托社区协助。", ""
    )
    rule.write_text(changed, encoding="utf-8")
    library.take_in(library.preview(rule, version_on=new))
    code = library.find("某市物业管理条例 3")[0].law.code
    newest, older = library.editions(code, "第三条")
    assert (newest.label, newest.is_newest, newest.words) == (
        *("2025年3月1日施行", True),
        "业主对共有部分享有权利、承担义务。",
    )
    assert (older.label, older.is_newest, older.words) == (
        *("2020年3月1日施行", False),
        "业主对共有部分享有权利。",
    )
    assert older.cited == CitationForm(code, "某市物业管理条例", "3", old)
    cite = advice.desk.advice.citation_text
    assert cite(older.cited) == "《某市物业管理条例》第三条（2020年3月1日施行）"
    (gone,) = library.find("委托社区")
    assert (gone.law.version_on, str(gone.article and gone.article.number)) == (old, "第二条之一")
    assert [each.cited.version_on for each in library.editions(code, "2-1")] == [old]
    assert library.editions("nothing", "3") == ()
    assert library.words_of((newest.cited, older.cited, CitationForm(title="某条例"))) == (
        *(newest.words, older.words),
        "",
    )


def test_the_shipped_version_stays_beside_an_older_one_that_is_imported(
    advice: AdviceStage, tmp_path: Path
) -> None:
    file = tmp_path / "民诉法.txt"
    file.write_text("中华人民共和国民事诉讼法\n第二百零五条 旧条文。\n", encoding="utf-8")
    library = advice.desk.library
    library.take_in(library.preview(file, version_on=date(2022, 1, 1)))
    (found,) = library.find("民事诉讼法 205")
    assert found.law.version_on == date(2024, 1, 1)
    newest, older = library.editions(found.law.code, "205")
    assert (newest.cited.version_on, newest.words) == (date(2024, 1, 1), "")
    assert (older.label, older.words) == ("2022年1月1日施行", "旧条文。")


def test_the_text_of_a_shipped_law_goes_beside_it(advice: AdviceStage, tmp_path: Path) -> None:
    file = tmp_path / "民法典.txt"
    file.write_text("民法典\n第一百八十八条　向人民法院请求保护民事权利的诉讼时效期间为三年。\n")
    library = advice.desk.library
    plan = library.preview(file, version_on=date(2021, 1, 1))
    assert plan.law == "civil_code"
    assert any("共 1260 条" in note for note in plan.notes)
    library.take_in(plan)
    assert library.text("civil_code", Number(188)).startswith("向人民法院")
    assert library.cite("civil_code", "1165").endswith("（2021年1月1日施行）")
    (found,) = library.find("民法典 诉讼时效期间为三年")
    assert found.article is not None
    # The subject is the library's own; the words are those imported.
    assert found.article.subject == "诉讼时效三年、最长二十年"
    assert found.article.words.startswith("向人民法院")
    assert library.find("高空抛物")[0].law.short == "民法典"


def test_a_newer_version_takes_the_place_of_the_shipped_one(advice: AdviceStage, tmp_path: Path) -> None:
    file = tmp_path / "民法典.txt"
    file.write_text("民法典\n自2030年1月1日起施行\n第一条　新的第一条。\n", encoding="utf-8")
    library = advice.desk.library
    library.take_in(library.preview(file))
    assert library.cite("civil_code", "1") == "《中华人民共和国民法典》第一条（2030年1月1日施行）"


def test_imported_articles_are_read_once_for_all_keys_of_a_search(advice: AdviceStage, rule: Path) -> None:
    texts, library = ImportedTexts(advice.store), advice.desk.library
    assert texts.laws() == ()
    batch = library.take_in(library.preview(rule)).value
    (law,) = read = texts.laws()
    assert law.name == "某市物业管理条例"
    assert texts.laws() is read
    rule.write_text(TEXT.replace("享有权利", "承担义务"), encoding="utf-8")
    second = library.take_in(library.preview(rule)).value
    assert "承担义务" in texts.laws()[0].articles[-1].subject
    library.undo(second.id)
    assert "享有权利" in texts.laws()[0].articles[-1].subject
    library.undo(batch.id)
    assert texts.laws() == ()


def test_name_and_version_are_asked_for(advice: AdviceStage, tmp_path: Path) -> None:
    file = tmp_path / "无名.txt"
    file.write_text("第一条 甲\n", encoding="utf-8")
    for given, field in ((("", None), "name"), (("某条例", None), "version_on")):
        with pytest.raises(InputProblem) as caught:
            advice.desk.library.preview(file, *given)
        assert caught.value.field == field


def test_the_day_of_a_corrected_text_is_asked_for(advice: AdviceStage, rule: Path) -> None:
    rule.write_text(
        TEXT.replace("通过　自", "通过　自2020年3月1日起施行　2024年5月1日修正"), encoding="utf-8"
    )
    with pytest.raises(InputProblem, match="修正或者修订过") as caught:
        advice.desk.library.preview(rule)
    assert caught.value.field == "version_on"
    assert advice.desk.library.preview(rule, version_on=date(2024, 6, 1)).version_on == date(2024, 6, 1)


def test_who_writes_no_consultations_takes_nothing_in(advice: AdviceStage, rule: Path) -> None:
    with pytest.raises(AccessProblem):
        advice.by("mediator").desk.library.preview(rule)
