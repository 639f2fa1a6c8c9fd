"""What is given to a record goes to that record, whatever comes into view before it is taken in (SEC-04)."""

from desk.services.attachments.values import Attachment, Source
from desk.ui.attachments.queue import Target
from tests.ui.attachments.conftest import Table
from tests.unit.services.attachments import samples


def _words(*names: str) -> list[Source]:
    return [Source(name, data=name.encode()) for name in names]


def _warned(table: Table) -> list[str]:
    return [said for kind, said in table.notices.said if kind == "warn"]


def test_a_target_knows_itself_and_the_form_it_was() -> None:
    form, record = Target("visit", "", sheet="s1"), Target("visit", "v1", sheet="s1")
    assert form.became(record)
    assert not form.became(Target("visit", "v1", sheet="s2"))
    assert not form.is_same(Target("visit", "", sheet="s2"))
    assert record.is_same(Target("visit", "v1", slot="scene", sheet="s2"))
    assert not record.is_same(Target("consultation", "v1", sheet="s1"))


def test_the_rest_of_many_goes_to_the_record_it_was_given_to(table: Table) -> None:
    table.tasks.hold("free")
    table.collector.add(_words("1.txt", "2.txt", "3.txt"))
    table.collector.set_target("visit", table.other_id)
    table.tasks.let_go()
    assert table.listed() == ["1.txt", "2.txt", "3.txt"]
    assert table.listed(table.other_id) == table.strip.names() == []


def test_the_strip_says_that_they_go_elsewhere(table: Table) -> None:
    table.tasks.hold("free")
    table.collector.add(_words("1.txt", "2.txt"))
    assert table.strip._progress.text() == "正在添加 1 / 2"
    table.collector.set_target("visit", table.other_id)
    assert table.strip._progress.text() == "正在给先前那件添加 1 / 2"
    table.tasks.let_go()
    assert not table.strip._progress.isVisible()


def test_each_is_filed_as_it_was_given(table: Table) -> None:
    """Another row of the dossier may be chosen while the first files are still on their way."""
    table.collector.set_target("visit", table.visit_id, slot="scene", party_id="p1")
    table.tasks.hold("free")
    table.collector.add(_words("1.txt", "2.txt"))
    table.collector.set_target("visit", table.visit_id, slot="signed")
    table.collector.add(_words("3.txt"))
    table.tasks.let_go()
    filed = [(each.slot, each.party_id) for each in table.service.list("visit", table.visit_id)]
    assert filed == [("scene", "p1"), ("scene", "p1"), ("signed", "")]


def test_what_was_given_to_a_form_without_number_never_hangs_on_another_record(table: Table) -> None:
    table.collector.set_target("visit", "", sheet="new")
    table.collector.add(_words("合同.txt", "欠条.txt"))
    table.collector.set_target("visit", table.visit_id, sheet="old")
    assert table.listed() == []
    assert _warned(table) == ["“合同.txt”等 2 个文件没有添加：放进来的那张表还没有给号，请打开后再放一次。"]
    table.collector.set_target("visit", table.other_id, sheet="new")
    assert table.listed(table.other_id) == []


def test_the_wish_to_choose_is_not_taken_to_the_next_record(table: Table) -> None:
    table.collector.set_target("visit", "", sheet="new")
    table.notices.path = samples.PHOTOS / "tiny.jpg"
    table.collector.choose()
    table.collector.set_target("visit", table.visit_id, sheet="old")
    assert table.listed() == []
    assert ("file", "添加附件") not in table.notices.said


def test_files_chosen_late_are_for_the_record_they_were_asked_on(table: Table) -> None:
    asked: list[object] = []
    table.notices.choose_files = lambda _title, _pattern, then: asked.append(then)  # type: ignore[method-assign,assignment]  # the question stays open
    table.collector.choose()
    table.collector.set_target("visit", table.other_id)
    [then] = asked
    assert callable(then)
    then((samples.PHOTOS / "tiny.jpg",))
    assert (table.listed(), table.listed(table.other_id)) == (["tiny.jpg"], [])


def test_a_late_list_is_not_shown_on_the_next_record(table: Table) -> None:
    table.collector.add(_words("1.txt"))
    table.tasks.hold("read")
    table.collector.load()
    table.collector.set_target("visit", "", sheet="new")
    table.tasks.let_go()
    assert table.strip.names() == []
    assert table.collector._shown == ()


def test_a_removal_is_not_offered_for_undoing_on_the_next_record(table: Table) -> None:
    table.collector.add(_words("1.txt"))
    [kept] = table.service.list("visit", table.visit_id)
    table.service.remove(kept.id, "放错")
    table.collector._on_removed(kept)
    assert not table.strip._undo.isHidden()
    table.collector.set_target("visit", table.other_id)
    assert table.strip._undo.isHidden()
    # A window over the record before may tell of it late.
    told: Attachment = kept
    table.collector._on_removed(told)
    assert table.strip._undo.isHidden()


def test_what_still_waits_is_said_when_the_page_closes(table: Table) -> None:
    table.tasks.hold("free")
    table.collector.add(_words("1.txt", "2.txt", "3.txt"))
    table.collector.stop()
    table.tasks.let_go()
    assert table.listed() == ["1.txt"]
    assert _warned(table) == ["“2.txt”等 2 个文件没有添加：这一页已经关上，请打开后再放一次。"]


def test_a_strip_a_page_hides_takes_nothing(table: Table) -> None:
    """A record somebody may not write on hides the strip; what is pasted then is for no record."""
    given: list[object] = []
    table.strip.given.connect(given.append)
    assert table.strip._takes()
    table.strip.hide()
    table.strip.paste()
    assert not table.strip._takes()
    assert given == []
