"""News of merges: told once."""

from desk.models import plain
from desk.services.tray import news
from tests.unit.services.tray.tray_stage import HEAD, LAWYER, Two

ADD = (
    "INSERT INTO merge_news (op_id, noun, record_id, fields, user_id, at, read) VALUES (?, ?, ?, ?, ?, ?, 0)"
)
AT = "2026-11-23T09:05:00.000+08:00"


def test_news_name_the_record_and_the_fields_until_they_are_read(two: Two) -> None:
    with two.one.write_local() as rows:
        plain.write(rows, ADD, ("o1", "matter", two.matter.record_id, "request,subject", HEAD.id, AT))
    (told,) = two.tray().look().news
    assert (told.title, told.fields, told.who) == ("来访 LF2026-A0288", "诉求、事由", "周某某")
    assert two.tray(LAWYER).look().news == ()
    # Not a question: nothing is counted.
    assert two.tray().marks().count == 0
    assert two.tray().read_news(("o1",)).changed == {"conflict"}
    assert two.tray().look().news == ()


def test_all_that_one_may_see_is_marked_as_read(two: Two) -> None:
    with two.one.write_local() as rows:
        for op in ("o1", "o2"):
            plain.write(rows, ADD, (op, "matter", two.matter.record_id, "subject", HEAD.id, AT))
    two.tray(LAWYER).read_news(())
    with two.one.read() as rows:
        assert len(news.listed(rows, two.tray()._session)) == 2
    two.tray().read_news(())
    assert two.tray().look().news == ()
