"""Bytes before rows: what a crash, a second window or a bad disk does to them."""

import io

import pytest
from PIL import Image
from sqlalchemy import select

from desk.errors import InputProblem, StoreProblem
from desk.models.attachment import Attachment as Row
from desk.models.audit import Audit
from desk.models.store import Store
from desk.services.attachments import contents
from desk.services.attachments.service import Attachments
from desk.services.attachments.values import Attachment
from tests.unit.services.attachments import samples
from tests.unit.services.attachments.conftest import service
from tests.unit.services.visit_stage import Stage

pytestmark = pytest.mark.usefixtures("here")


def _rows(store: Store) -> int:
    with store.read() as rows:
        return len(rows.scalars(select(Row)).all())


def _audited(store: Store) -> list[tuple[str, str]]:
    with store.read() as rows:
        found = rows.scalars(select(Audit).where(Audit.noun == "attachment").order_by(Audit.n))
        return [(entry.action, entry.target_id) for entry in found]


def test_a_lost_small_picture_is_made_again(
    attachments: Attachments, stage: Stage, photo: Attachment
) -> None:
    before = attachments.thumbnail(photo.id)
    for path in stage.store.folder.rglob("*.thumb"):
        path.unlink()
    again = attachments.thumbnail(photo.id)
    assert Image.open(io.BytesIO(again)).size == Image.open(io.BytesIO(before)).size
    assert list(stage.store.folder.rglob("*.thumb"))


def test_a_damaged_file_is_told_and_mended_by_adding_it_again(
    attachments: Attachments, stage: Stage, photo: Attachment
) -> None:
    [path] = stage.store.folder.rglob("*.att")
    body = bytearray(path.read_bytes())
    body[len(body) // 2] ^= 1
    path.write_bytes(body)
    with pytest.raises(StoreProblem, match="缺失或已损坏") as caught:
        attachments.open(photo.id)
    assert "再添加一次" in caught.value.way_out
    with pytest.raises(InputProblem, match="已经添加过"):
        attachments.add("visit", photo.target_id, samples.photo())
    assert attachments.open(photo.id).content


def test_two_windows_add_the_same_and_clear_away_at_once(
    attachments: Attachments, stage: Stage, visit_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One clears away just between the other's file and its row: the row has its bytes all the same."""
    second = service(stage)
    put = contents.Contents.put

    def put_and_be_cleared(self: contents.Contents, content: bytes) -> str:
        sha256 = put(self, content)
        if not _in_block[0]:
            _in_block[0] = True
            assert second.settle() == 1
        return sha256

    _in_block = [False]
    monkeypatch.setattr(contents.Contents, "put", put_and_be_cleared)
    made = attachments.add("visit", visit_id, samples.photo()).value
    monkeypatch.undo()
    assert attachments.open(made.id).content
    with pytest.raises(InputProblem, match="已经添加过"):
        second.add("visit", visit_id, samples.photo())
    assert second.settle() == 0


def test_a_row_that_fails_leaves_a_file_that_is_cleared_away(
    attachments: Attachments, stage: Stage, visit_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_values: object) -> None:
        raise StoreProblem("保存失败：磁盘已满", field="full")

    monkeypatch.setattr("desk.services.attachments.service.row_of", refuse)
    with pytest.raises(StoreProblem):
        attachments.add("visit", visit_id, samples.photo())
    monkeypatch.undo()
    assert _rows(stage.store) == 0
    assert len(list(stage.store.folder.rglob("*.att"))) == 1
    assert attachments.settle() == 1
    assert not list(stage.store.folder.rglob("*.att"))


def test_a_file_whose_row_was_written_is_not_cleared_away(
    attachments: Attachments, visit_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The program dies after the row: the file still lies apart and is put in its place."""
    monkeypatch.setattr(contents.Contents, "keep", lambda *_values: None)
    made = attachments.add("visit", visit_id, samples.photo()).value
    monkeypatch.undo()
    assert attachments.open(made.id).content
    assert attachments.settle() == 0
    assert attachments.open(made.id).content
    assert attachments.thumbnail(made.id)
