"""`desk verify` reads every attachment and names what is missing, damaged or nobody's."""

from pathlib import Path

import pytest

from desk.errors import StoreProblem
from desk.models.local import AwaitedFile
from desk.services import verify
from desk.services.attachments import proof
from desk.services.attachments.service import Attachments
from desk.services.attachments.values import Attachment
from tests.unit.services.visit_stage import Stage

pytestmark = pytest.mark.usefixtures("here")


def _file(stage: Stage) -> Path:
    [path] = stage.store.folder.glob("attachments/*/*.att")
    return path


def test_a_sound_store_says_how_many(stage: Stage, photo: Attachment) -> None:
    report = verify.run(stage.store)
    assert report.ok
    assert "附件：正常" in report.lines
    assert "附件文件 1 个" in report.lines


@pytest.mark.parametrize("place", [3, 20, 60, 900, -1])
def test_one_bit_in_a_file_is_found(stage: Stage, photo: Attachment, place: int) -> None:
    body = bytearray(_file(stage).read_bytes())
    body[place] ^= 4
    _file(stage).write_bytes(body)
    report = verify.run(stage.store)
    assert not report.ok
    assert f"  attachment {photo.id}（visit {photo.target_id}）：文件已损坏" in report.lines


def test_a_missing_file_is_found(stage: Stage, photo: Attachment) -> None:
    _file(stage).unlink()
    assert list(proof.breaks(stage.store)) == [f"attachment {photo.id}（visit {photo.target_id}）：文件缺失"]


def test_the_file_of_a_removed_attachment_is_still_proved(
    attachments: Attachments, stage: Stage, photo: Attachment
) -> None:
    attachments.remove(photo.id, "误加")
    _file(stage).unlink()
    assert len(list(proof.breaks(stage.store))) == 1


def test_a_file_of_nobody_is_named_and_left(stage: Stage, photo: Attachment) -> None:
    stranger = stage.store.folder / "attachments" / "00" / f"{'0' * 64}.att"
    stranger.parent.mkdir(exist_ok=True)
    stranger.write_bytes(b"from a store that was set aside")
    report = verify.run(stage.store)
    assert report.ok
    assert f"  {'0' * 64}" in report.lines
    assert stranger.exists()


def test_a_file_that_is_still_on_another_pc_is_no_loss(
    attachments: Attachments, stage: Stage, photo: Attachment
) -> None:
    with stage.store.write_local() as rows:
        rows.add(AwaitedFile(sha256=photo.sha256))
    assert verify.run(stage.store).ok
    _file(stage).unlink()
    report = verify.run(stage.store)
    assert report.ok
    assert "附件文件 1 个在站里的其他电脑上" in report.lines
    with pytest.raises(StoreProblem, match="另一台电脑"):
        attachments.open(photo.id)
