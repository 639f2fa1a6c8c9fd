"""附件 end to end: rights follow the record, identity papers are guarded, bytes come before rows (PI-06)."""

import hashlib
import io
from pathlib import Path

import pytest
from PIL import Image
from sqlalchemy import select

from desk.errors import InputProblem
from desk.models.attachment import Attachment as Row
from desk.models.audit import Audit
from desk.models.outbox import Outbox
from desk.models.store import Store
from desk.services import verify
from desk.services.attachments.service import Attachments
from desk.services.attachments.values import Attachment, Source
from tests.unit.services.attachments import samples
from tests.unit.services.visit_stage import Stage

pytestmark = pytest.mark.usefixtures("here")


def _rows(store: Store) -> int:
    with store.read() as rows:
        return len(rows.scalars(select(Row)).all())


def _audited(store: Store) -> list[tuple[str, str]]:
    with store.read() as rows:
        found = rows.scalars(select(Audit).where(Audit.noun == "attachment").order_by(Audit.n))
        return [(entry.action, entry.target_id) for entry in found]


def test_a_photo_hangs_on_its_visit(attachments: Attachments, stage: Stage, photo: Attachment) -> None:
    assert photo.name == "exif-rotated.jpg"
    assert (photo.width, photo.height, photo.state, photo.n) == (1200, 1600, "pending", 1)
    assert photo.added_by == stage.session.user.id
    opened = attachments.open(photo.id)
    assert hashlib.sha256(opened.content).hexdigest() == photo.sha256
    assert Image.open(io.BytesIO(opened.content)).size == (1200, 1600)
    assert attachments.list("visit", photo.target_id) == (photo,)
    assert attachments.count("visit", photo.target_id) == 1
    assert Image.open(io.BytesIO(attachments.thumbnail(photo.id))).format == "JPEG"
    assert _audited(stage.store) == []
    assert verify.run(stage.store).ok


def test_its_row_leaves_an_op_and_the_op_holds_no_bytes(stage: Stage, photo: Attachment) -> None:
    """sync.md 2.10: the metadata is an ordinary op; bytes follow by another way."""
    with stage.store.read() as rows:
        ops = rows.scalars(select(Outbox).where(Outbox.record_id == photo.id)).all()
    assert len(ops) == 1
    assert photo.sha256.encode() in ops[0].body
    assert len(ops[0].body) < 2000


@pytest.mark.parametrize("name", ["truncated.jpg", "not-a-photo.jpg"])
def test_a_bad_one_leaves_nothing(attachments: Attachments, stage: Stage, visit_id: str, name: str) -> None:
    with pytest.raises(InputProblem):
        attachments.add("visit", visit_id, samples.photo(name))
    assert _rows(stage.store) == 0
    assert not list(stage.store.folder.rglob("*.att*"))


def test_the_same_photo_twice_is_said_and_kept_once(attachments: Attachments, photo: Attachment) -> None:
    with pytest.raises(InputProblem, match="已经添加过"):
        attachments.add("visit", photo.target_id, samples.photo())
    assert attachments.count("visit", photo.target_id) == 1


def test_one_scan_is_several_papers_of_a_record(
    attachments: Attachments, stage: Stage, photo: Attachment
) -> None:
    """One scan may hold the signed pages of two papers: it hangs there as each of them, its bytes once."""
    noun, target_id = photo.noun, photo.target_id
    first = attachments.add(noun, target_id, samples.photo(), slot="signed", party_id="one").value
    second = attachments.add(noun, target_id, samples.photo(), slot="signed", party_id="two").value
    third = attachments.add(noun, target_id, samples.photo(), slot="evidence").value
    assert len({each.sha256 for each in (photo, first, second, third)}) == 1
    assert len(list(stage.store.folder.rglob("*.att"))) == 1
    with pytest.raises(InputProblem, match="已经添加过") as caught:
        attachments.add(noun, target_id, samples.photo(), slot="signed", party_id="two")
    assert "另一份文书" in caught.value.way_out
    with pytest.raises(InputProblem, match="已经添加过"):
        attachments.file_under(third.id, "signed", "one")
    assert attachments.file_under(third.id, "evidence").value.slot == "evidence", "it is that already"
    attachments.remove(second.id, "加错了")
    assert attachments.file_under(third.id, "signed", "two").value.party_id == "two"
    with pytest.raises(InputProblem, match="已经添加过"):
        attachments.bring_back(second.id)
    assert attachments.count(noun, target_id) == 3


def test_an_identity_paper_is_no_other_paper_beside(attachments: Attachments, visit_id: str) -> None:
    """PI-06: as the other paper it would be seen without a reason. Cards of two people on one scan may be."""
    one = attachments.add("visit", visit_id, samples.photo(), slot="identity", party_id="one").value
    two = attachments.add("visit", visit_id, samples.photo(), slot="identity", party_id="two").value
    assert one.protected
    assert two.protected
    with pytest.raises(InputProblem, match="身份证件"):
        attachments.add("visit", visit_id, samples.photo(), slot="evidence")
    with pytest.raises(InputProblem, match="身份证件"):
        attachments.file_under(one.id, "evidence")
    attachments.remove(two.id, "不需要")
    assert attachments.file_under(one.id, "evidence").value.slot == "evidence"


def test_the_same_photo_on_two_records_is_one_file(
    attachments: Attachments, stage: Stage, photo: Attachment
) -> None:
    attachments.add("visit", stage.finished(), samples.photo())
    assert len(list(stage.store.folder.rglob("*.att"))) == 1
    assert _rows(stage.store) == 2


def test_there_is_an_end_to_how_many(
    attachments: Attachments, visit_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    few = type(attachments.limits())(**(vars(attachments.limits()) | {"per_record": 2}))
    monkeypatch.setattr(attachments, "limits", lambda: few)
    for words in ("一", "二"):
        attachments.add("visit", visit_id, Source("a.txt", data=words.encode()))
    with pytest.raises(InputProblem, match="已有 2 份"):
        attachments.add("visit", visit_id, Source("a.txt", data="三".encode()))


def test_an_identity_paper_is_opened_for_a_reason_that_is_written_down(
    attachments: Attachments, stage: Stage, visit_id: str
) -> None:
    """PI-06, SEC-05: no small picture, a reason, an entry in the audit chain."""
    made = attachments.add("visit", visit_id, samples.photo(), slot="identity").value
    assert made.protected
    assert attachments.thumbnail(made.id) == b""
    assert not list(stage.store.folder.rglob("*.thumb"))
    with pytest.raises(InputProblem, match="为什么"):
        attachments.open(made.id)
    assert attachments.open(made.id, "核对委托书").content
    assert _audited(stage.store) == [("reveal", made.id)]


def test_what_becomes_an_identity_paper_loses_its_small_picture(
    attachments: Attachments, stage: Stage, photo: Attachment
) -> None:
    assert list(stage.store.folder.rglob("*.thumb"))
    assert attachments.file_under(photo.id, "identity").value.protected
    assert attachments.thumbnail(photo.id) == b""
    assert not list(stage.store.folder.rglob("*.thumb"))


def test_turning_leaves_the_bytes(attachments: Attachments, photo: Attachment) -> None:
    assert attachments.turn(photo.id, 1).value.turn == 90
    assert attachments.turn(photo.id, -2).value.turn == 270
    assert attachments.open(photo.id).attachment.sha256 == photo.sha256


def test_a_name_and_a_note_can_be_given(attachments: Attachments, photo: Attachment) -> None:
    named = attachments.describe(photo.id, " 门口积水.png ", " 10 月拍 ").value
    assert (named.name, named.note) == ("门口积水.jpg", "10 月拍")
    with pytest.raises(InputProblem, match="名称"):
        attachments.describe(photo.id, "  ", "")


def test_the_order_is_the_clerk_s(attachments: Attachments, visit_id: str) -> None:
    made = [
        attachments.add("visit", visit_id, Source(f"{n}.txt", data=str(n).encode())).value for n in range(3)
    ]
    attachments.reorder("visit", visit_id, [made[2].id, made[0].id])
    shown = attachments.list("visit", visit_id)
    assert [each.name for each in shown] == ["2.txt", "0.txt", "1.txt"]
    assert [each.n for each in shown] == [1, 2, 3]


def test_removing_needs_a_reason_and_can_be_undone(
    attachments: Attachments, stage: Stage, photo: Attachment
) -> None:
    with pytest.raises(InputProblem, match="为什么"):
        attachments.remove(photo.id, " ")
    attachments.turn(photo.id, 1)
    attachments.remove(photo.id, "拍错了")
    assert attachments.list("visit", photo.target_id) == ()
    with pytest.raises(InputProblem, match="已经移除"):
        attachments.open(photo.id)
    back = attachments.bring_back(photo.id).value
    assert (back.name, back.turn, back.sha256) == (photo.name, 90, photo.sha256)
    assert attachments.open(back.id).content
    with pytest.raises(InputProblem, match="已经添加过"):
        attachments.bring_back(photo.id)
    with pytest.raises(InputProblem, match="没有找到"):
        attachments.bring_back(back.id)
    assert _audited(stage.store) == [("attachment_remove", photo.id)]
    assert verify.run(stage.store).ok


def test_a_page_of_a_scan_is_drawn(attachments: Attachments, visit_id: str) -> None:
    made = attachments.add("visit", visit_id, Source("合同.pdf", data=samples.pdf(3))).value
    opened = attachments.open(made.id)
    assert opened.attachment.pages == 3
    drawn = Image.open(io.BytesIO(attachments.page(opened, 2, 700)))
    assert max(drawn.size) == 700


def test_what_is_saved_elsewhere_is_written_down(
    attachments: Attachments, stage: Stage, photo: Attachment, tmp_path: Path
) -> None:
    target = tmp_path / "积水.jpg"
    attachments.save_to(photo.id, target)
    assert target.read_bytes() == attachments.open(photo.id).content
    assert _audited(stage.store) == [("export", photo.id)]
    attachments.file_under(photo.id, "identity")
    with pytest.raises(InputProblem, match="为什么"):
        attachments.save_to(photo.id, target)
