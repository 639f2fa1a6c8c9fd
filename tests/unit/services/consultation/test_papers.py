"""F-40 of a consultation from a real store: by rights, in clear for the visitor, nothing of a conflict."""

from datetime import date

import pytest

from desk.errors import AccessProblem, InputProblem, PaperProblem
from desk.models.consultation import Consultation
from desk.models.local_value import LocalValue
from desk.rules.profile import Profile, Row, overlay
from desk.services.print_jobs import PrintJobs
from desk.services.profiles import Profiles
from tests.fakes import MORNING
from tests.paper_samples import MISSING, texts
from tests.unit.services.consultation.advice_stage import AdviceStage


def _words(advice: AdviceStage, consultation_id: str) -> str:
    return "".join(texts(advice.desk.papers.sheet(consultation_id).pdf))


def test_a_finished_consultation_is_printed_whole(advice: AdviceStage) -> None:
    card = advice.finished(age=41, person_class=("migrant_worker",), sex="1")
    paper = advice.desk.papers.sheet(card.id)
    text = "".join(texts(paper.pdf))
    for said in (
        *(card.number, "■来访", "钱某某", "13900000172", "41", "男", "■农民工", "冯某某", "■无"),
        *("楼上漏水把家里泡了", "■都没有", "可以要求全部赔偿", "第一千一百六十五条", "■当场解答"),
        *("张某", "1330120201000001", "已告知不构成法律意见■是"),
    ):
        assert said in text, said
    assert (paper.kind, paper.record_id, paper.number) == ("f40", card.id, card.number)


def test_the_disclaimer_is_that_of_the_profile(advice: AdviceStage) -> None:
    """FL-14."""
    words = advice.desk.advice.frame().disclaimer
    assert "".join(words.split()) in _words(advice, advice.checked().id)


def test_a_refused_identity_and_no_other_side_are_noted(advice: AdviceStage) -> None:
    """FL-09."""
    card = advice.checked(identity_refused=True, name="", phone="", opponents=(), no_opponent=True)
    text = _words(advice, card.id)
    assert "不愿透露身份" in text
    assert "对方当事人无" in text


def test_only_lawyer_and_head_print_it(advice: AdviceStage) -> None:
    """FL-12."""
    card = advice.finished()
    for role in ("clerk", "mediator", "deputy"):
        with pytest.raises(AccessProblem):
            advice.by(role).desk.papers.sheet(card.id)
    with pytest.raises(InputProblem):
        advice.desk.papers.sheet("nothing")


def test_a_second_sheet_is_a_reprint(advice: AdviceStage) -> None:
    card = advice.finished()
    jobs = PrintJobs(advice.store, advice.session)
    jobs.printed(jobs.queue("f40", card.id, card.number).value.id)
    assert advice.desk.papers.sheet(card.id).reprint == 1


def test_fl13_every_term_that_may_run_out_is_on_the_sheet(advice: AdviceStage) -> None:
    """What is over already stands last and says so; it never hides what can still be kept."""
    card = advice.finished(topics=("labour", "work_injury"), known_on=date(2026, 9, 18))
    text = _words(advice, card.id)
    said = (
        "2027年9月18日",
        "劳动仲裁时效；",
        "本人申请工伤认定至2027年9月20日；",
        "单位申请工伤认定已于2026年10月19日届满",
    )
    assert [text.index(words) for words in said] == sorted(text.index(words) for words in said)
    alone = advice.finished(
        topics=("work_injury",), limitation_kind="work_injury_employer", known_on=date(2026, 9, 18)
    )
    assert "2026年10月19日单位申请工伤认定（已届满）" in _words(advice, alone.id)


def test_days_that_cannot_be_keep_no_sheet_from_being_printed(advice: AdviceStage) -> None:
    card = advice.finished()
    with advice.store.write_confirmed() as rows:
        row = rows.get_one(Consultation, card.id)
        row.happened_on, row.known_on = date(2026, 9, 18), date(2026, 9, 1)
    assert "可以要求全部赔偿" in _words(advice, card.id)


def test_a_field_the_county_added_is_printed(advice: AdviceStage, monkeypatch: pytest.MonkeyPatch) -> None:
    card = advice.checked()
    row = Row("form.f40.window", ("窗口号", "channel"), "list", MORNING.date(), "本地设定")
    county = Profile("县", "1", (row,))
    plain = Profiles.current
    monkeypatch.setattr(Profiles, "current", lambda self: overlay(plain(self), county))
    with advice.store.write_confirmed() as rows:
        rows.add(
            LocalValue(noun="consultation", target_id=card.id, form="f40", key="window", value="三号窗口")
        )
    assert "窗口号三号窗口" in _words(advice, card.id)


def test_a_missing_glyph_stops_the_sheet(advice: AdviceStage) -> None:
    card = advice.checked(question=f"甲{MISSING}")
    with pytest.raises(PaperProblem, match="咨询事项"):
        advice.desk.papers.sheet(card.id)


def test_a_blank_sheet_has_every_box_and_no_number(advice: AdviceStage) -> None:
    """product.md, Paper and back: for a power cut or the square; FL-14 stands on it too."""
    paper = advice.desk.papers.blank()
    words = "".join(texts(paper.pdf))
    assert (paper.title, paper.number, paper.record_id) == ("空白法律咨询登记表", "", "")
    for label in ("对方当事人", "利益冲突检查", "咨询事项", "解答意见", "法律依据", "去向和说明", "不收费"):
        assert label in words
    assert "■" not in words
    assert "ZX2026" not in words
    with pytest.raises(AccessProblem):
        advice.by("clerk").desk.papers.blank()
