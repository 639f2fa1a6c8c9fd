"""The gram index: one and two characters, phone and pinyin grams, newest first by row number (tech.md §4)."""

from sqlalchemy import text

from desk.models.search import SearchHit
from desk.models.store import Store


def _index(store: Store, row: int, terms: str) -> None:
    with store.write_local() as session:
        session.execute(
            text("INSERT INTO search (rowid, terms) VALUES (:row, :terms)"), {"row": row, "terms": terms}
        )
        session.add(SearchHit(row=row, noun="visit", record_id=f"v{row}"))


def _find(store: Store, query: str) -> list[str]:
    words = text(
        "SELECT h.record_id FROM search s JOIN search_hit h ON h.row = s.rowid"
        " WHERE search MATCH :query ORDER BY s.rowid DESC LIMIT 50"
    )
    with store.read() as session:
        return list(session.scalars(words, {"query": query}))


def test_grams_find_newest_first(store: Store) -> None:
    _index(store, 1000 << 12, "路灯 灯不 d6621 wmm")
    _index(store, 2000 << 12 | 1, "路灯 灯坏 𬱖 d0001")
    assert _find(store, '"路灯"') == [f"v{2000 << 12 | 1}", f"v{1000 << 12}"]
    assert _find(store, '"路灯" AND "d6621"') == [f"v{1000 << 12}"]
    assert _find(store, '"𬱖"') == [f"v{2000 << 12 | 1}"]
    assert _find(store, '"wm"') == []


def test_an_entry_can_be_taken_out(store: Store) -> None:
    _index(store, 1, "路灯")
    with store.write_local() as session:
        session.execute(text("DELETE FROM search WHERE rowid = 1"))
    assert _find(store, '"路灯"') == []
