"""Proof that every attachment has its bytes: present, unaltered, the content its row names."""

from collections.abc import Iterator

from sqlalchemy import select

from desk.models.attachment import Attachment as Row
from desk.models.store import Store
from desk.services.attachments.copying import awaited, named
from desk.text import _

_SHOWN = 20


def breaks(store: Store) -> Iterator[str]:
    """Read every content and yield a sentence for each attachment whose file is missing or damaged."""
    files = store.sealed_files()
    bad = {sha256 for sha256 in sorted(named(store)) if not files.is_sound(sha256)}
    if not bad:
        return
    with store.read() as rows:
        for row in rows.scalars(select(Row).order_by(Row.record_id)):
            if row.sha256 in bad:
                there = files.path(row.sha256).exists()
                said = _("文件已损坏") if there else _("文件缺失")
                yield f"attachment {row.record_id}（{row.noun} {row.target_id}）：{said}"


def notes(store: Store) -> tuple[str, ...]:
    """Return how many there are, and the files no record names: harmless, and never removed by itself."""
    files, wanted = store.sealed_files(), named(store)
    known = {files.name(sha256) for sha256 in wanted}
    orphans = [name for name, _path in files.names() if name not in known]
    lines = [_("附件文件 {count} 个").format(count=len(wanted))]
    elsewhere = awaited(store)
    if elsewhere:
        lines.append(_("附件文件 {count} 个在站里的其他电脑上").format(count=elsewhere))
    if orphans:
        lines.append(_("没有记录的附件文件 {count} 个（不影响使用）：").format(count=len(orphans)))
        lines += [f"  {name}" for name in orphans[:_SHOWN]]
    return tuple(lines)
