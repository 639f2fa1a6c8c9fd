"""What a thing may be to its record, in words and codes."""

from dataclasses import replace

from desk.rules.attachments import SLOTS
from desk.ui.attachments.kinds import Kinds
from tests.ui.attachments.conftest import Table
from tests.unit.services.attachments import samples

DOSSIER = Kinds(
    (("rights_notice", "权利义务告知书"), ("agreement", "调解协议书"), ("evidence", "证据材料")),
    {
        "rights_notice": (("p1", "告知书（钱某）"), ("p2", "告知书（冯某）")),
        "agreement": (("a1", "人民调解协议书"),),
    },
)


def test_every_record_has_the_usual_kinds() -> None:
    assert Kinds().offered() == list(SLOTS.items())
    assert DOSSIER.offered()[0] == ("rights_notice", "权利义务告知书")


def test_a_thing_is_called_by_the_paper_it_is_filed_to(table: Table) -> None:
    table.collector.add([samples.photo("tiny.jpg")])
    [kept] = table.service.list("visit", table.visit_id)
    notice = replace(kept, slot="rights_notice", party_id="p2", slot_label="rights_notice")
    assert DOSSIER.words(notice) == "告知书（冯某）"
    assert DOSSIER.words(replace(notice, party_id="")) == "权利义务告知书"
    assert DOSSIER.words(kept) == "材料"


def test_another_kind_leaves_nothing_of_what_it_was_before() -> None:
    assert DOSSIER.moved_to("agreement", "p1") == "a1"
    assert DOSSIER.moved_to("evidence", "p1") == ""
    assert DOSSIER.moved_to("rights_notice", "p1") == "p1"
    assert Kinds().moved_to("scene", "p1") == "p1"
