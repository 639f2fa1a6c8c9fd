"""Which sentences differ."""

from hypothesis import given
from hypothesis import strategies as st

from desk.rules.sentence_marks import compare, sentences

TEXTS = st.text(alphabet="甲乙丙丁。！？；\n ", max_size=60)


@given(TEXTS)
def test_sentences_put_together_are_the_text(text: str) -> None:
    assert "".join(sentences(text)) == text


@given(TEXTS, TEXTS)
def test_pieces_put_together_are_the_texts_and_unmarked_ones_are_in_both(mine: str, theirs: str) -> None:
    left, right = compare(mine, theirs)
    assert "".join(each.text for each in left) == mine
    assert "".join(each.text for each in right) == theirs
    same = ["".join(each.text for each in side if not each.differs) for side in (left, right)]
    bare = [text.replace("。", "").replace(" ", "").replace("\n", "") for text in same]
    assert bare[0] == bare[1]


@given(TEXTS)
def test_equal_texts_have_no_mark(text: str) -> None:
    left, right = compare(text, text)
    assert not any(each.differs for each in (*left, *right))


def test_only_the_sentence_that_differs_is_marked() -> None:
    left, right = compare("路灯坏了。住户摔倒；没有人管。", "路灯坏了。住户没有摔倒；没有人管")
    assert [(each.text, each.differs) for each in left] == [
        ("路灯坏了。", False),
        ("住户摔倒；", True),
        ("没有人管。", False),
    ]
    assert [each.differs for each in right] == [False, True, False]
