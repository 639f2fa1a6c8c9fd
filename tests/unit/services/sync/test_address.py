"""A hub's address: one spelling, and never in clear over a network."""

import pytest

from desk.errors import InputProblem
from desk.services.sync.address import cleaned


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("", ""),
        ("  ", ""),
        ("hub.example.gov.cn", "https://hub.example.gov.cn"),
        (" https://hub.example.gov.cn/ ", "https://hub.example.gov.cn"),
        ("https://10.1.2.3:8443/desk/", "https://10.1.2.3:8443/desk"),
        ("http://127.0.0.1:8000", "http://127.0.0.1:8000"),
        ("http://localhost:8000/", "http://localhost:8000"),
    ],
)
def test_it_is_kept_in_one_spelling(typed: str, kept: str) -> None:
    assert cleaned(typed) == kept


@pytest.mark.parametrize(
    "typed",
    [
        *("http://hub.example.gov.cn", "http://10.1.2.3", "ftp://hub", "https://", "https://a:99999"),
        *("https://user:pass@hub", "https://hub/?a=1", "https://hub/#x"),
    ],
)
def test_others_are_refused_at_their_field(typed: str) -> None:
    with pytest.raises(InputProblem) as refused:
        cleaned(typed)
    assert refused.value.field == "address"
