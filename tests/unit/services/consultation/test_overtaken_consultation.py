"""A consultation that somebody else changed while its form was open."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from desk.models.consultation import Opponent
from desk.services.consultation.forms import CitationForm, OpponentForm
from desk.services.overtaken import Overtaken
from tests.unit.services.consultation.advice_stage import AdviceStage


def test_words_and_opponents_of_both_sides_stay(advice: AdviceStage) -> None:
    desk = advice.desk.consultations
    made = desk.register(advice.form()).value
    base = desk.form(made.id)
    more = OpponentForm(name="吴某某", phone="13900000188")
    desk.save(made.id, replace(base, opponents=(*base.opponents, more), address="示例路 9 号"), base)
    cited = CitationForm(law="", title="示例规定", article="3")
    desk.save(made.id, replace(base, question="房租怎么办？", citations=(cited,)), base)
    form = desk.form(made.id)
    assert (form.address, form.question) == ("示例路 9 号", "房租怎么办？")
    assert [each.name for each in form.opponents] == [*(each.name for each in base.opponents), "吴某某"]
    assert [each.title for each in form.citations] == ["示例规定"]


def test_one_opponent_is_put_together_field_by_field(advice: AdviceStage) -> None:
    desk = advice.desk.consultations
    made = desk.register(advice.form(opponents=(OpponentForm(name="吴某某"),))).value
    base = desk.form(made.id)
    (other,) = base.opponents
    desk.save(made.id, replace(base, opponents=(replace(other, phone="13900000188"),)), base)
    desk.save(made.id, replace(base, opponents=(replace(other, name="吴某"),)), base)
    (form,) = desk.form(made.id).opponents
    assert (form.name, form.phone) == ("吴某", "139****0188")


def test_the_same_new_number_typed_on_both_desks_is_no_question(advice: AdviceStage) -> None:
    desk = advice.desk.consultations
    made = desk.register(advice.form(phone="", opponents=(OpponentForm(name="吴某某"),))).value
    base = desk.form(made.id)
    (other,) = base.opponents
    theirs = replace(base, phone="13900000177", opponents=(replace(other, phone="13900000188"),))
    desk.save(made.id, theirs, base)
    desk.save(made.id, replace(theirs, question="房租怎么办？", phone="139 0000 0177"), base)
    form = desk.form(made.id)
    assert (form.question, form.phone) == ("房租怎么办？", "139****0177")
    assert desk.reveal(made.id, "phone", "核对号码") == "13900000177"
    with advice.store.read() as rows:
        assert [row.phone for row in rows.scalars(select(Opponent))] == ["13900000188"]


def test_numbers_that_differ_only_under_their_stars_are_asked_about(advice: AdviceStage) -> None:
    desk = advice.desk.consultations
    made = desk.register(advice.form(phone="13900000172")).value
    base = desk.form(made.id)
    desk.save(made.id, replace(base, phone="13911110177"), base)
    with pytest.raises(Overtaken):
        desk.save(made.id, replace(base, phone="13922220177"), base)


def test_taking_one_away_leaves_the_rows_of_the_others_alone(advice: AdviceStage) -> None:
    desk = advice.desk.consultations
    two = (OpponentForm(name="吴某某"), OpponentForm(name="郑某某"))
    made = desk.register(advice.form(opponents=two)).value
    with advice.store.read() as rows:
        before = {row.name: row.record_id for row in rows.scalars(select(Opponent))}
    base = desk.form(made.id)
    desk.save(made.id, replace(base, opponents=base.opponents[1:]), base)
    with advice.store.read() as rows:
        (left,) = rows.scalars(select(Opponent).where(Opponent.void.is_(False)))
        assert (left.name, left.record_id) == ("郑某某", before["郑某某"])


@pytest.mark.parametrize("verb", ["save", "check", "refer", "appoint", "finish"])
def test_what_both_changed_is_told_by_every_verb(advice: AdviceStage, verb: str) -> None:
    desk = advice.desk.consultations
    made = desk.register(advice.form()).value
    base = desk.form(made.id)
    desk.save(made.id, replace(base, question="房租怎么办？", topics=base.topics), base)
    with pytest.raises(Overtaken) as told:
        getattr(desk, verb)(made.id, replace(base, question="押金怎么办？"), base)
    assert [(each.what, each.mine, each.theirs) for each in told.value.fields] == [
        ("咨询内容", "押金怎么办？", "房租怎么办？")
    ]
    assert desk.form(made.id).question == "房租怎么办？"


def test_two_of_one_name_keep_their_own_numbers(advice: AdviceStage) -> None:
    """Alike under their stars, typed in clear."""
    desk = advice.desk.consultations
    two = (OpponentForm(name="吴某某", phone="13911110188"), OpponentForm(name="吴某某", phone="13922220188"))
    made = desk.register(advice.form(opponents=two)).value
    base = desk.form(made.id)
    desk.save(made.id, replace(base, opponents=(two[1], two[0])), base)
    with advice.store.read() as rows:
        query = select(Opponent).where(Opponent.void.is_(False))
        assert sorted(row.phone for row in rows.scalars(query)) == ["13911110188", "13922220188"]
