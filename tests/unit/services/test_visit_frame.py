"""What the form offers comes from the profile: topics, approval, the date for telling where, the notice."""

from datetime import date

from desk.services import visit_frame
from desk.services.profile import load_default
from desk.services.station import Station

MONDAY = date(2026, 11, 23)


def test_the_frame_of_a_town_dl01_pi03() -> None:
    made = visit_frame.frame(
        load_default(), MONDAY, Station(name="示例镇人大代表联络站", phone="0571-86000000", level="town")
    )
    assert (made.tell_by, made.tell_term) == (date(2026, 11, 26), "3 个工作日")
    assert made.approvals["town"] == "镇人大主席团"
    assert "示例镇人大代表联络站" in made.notice_text
    assert dict(made.guides)["accusation"].endswith("12388）")
    assert made.max_headcount == 999


def test_a_street_has_no_presidium_zd05_and_its_own_notice_goes_first() -> None:
    made = visit_frame.frame(
        load_default(), MONDAY, Station(level="street", notice_version="本站 3 版", notice_text="本站告知")
    )
    assert (made.notice_version, made.notice_text) == ("本站 3 版", "本站告知")
    assert made.approvals["town"] == "街道人大工委"


def test_an_unknown_year_is_said_dl06() -> None:
    made = visit_frame.frame(load_default(), date(2031, 3, 3), Station(level="town"))
    assert made.tell_by == date(2031, 3, 6)
    assert "节假日未导入" in made.tell_term


def test_topics_with_their_finer_words() -> None:
    words = dict(visit_frame.categories(load_default(), MONDAY))
    assert (words["urban"], words["urban/排水"]) == ("城乡建设", "城乡建设 · 排水")
    assert next(reversed(words)) == "other"


def test_a_stored_topic_in_words() -> None:
    profile = load_default()
    assert visit_frame.category_label(profile, MONDAY, "urban/排水") == "城乡建设 · 排水"
    assert visit_frame.category_label(profile, MONDAY, "urban") == "城乡建设"
    assert visit_frame.category_label(profile, MONDAY, "gone") == "gone"
