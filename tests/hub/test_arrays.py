"""Columns in binary come out of the database as they went in."""

from collections.abc import Iterator
from typing import Any

import orjson
import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from desk.hub import arrays
from desk.hub.arrays import Array

# PostgreSQL keeps no NUL in its texts.
WORDS = some.text(some.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=40)
WHOLES = some.integers(-(2**63), 2**63 - 1)

ON_ONE_DATABASE = settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))


@pytest.fixture
def connection(database: str) -> Iterator[psycopg.Connection[Any]]:
    with psycopg.connect(database, autocommit=True) as made:
        yield made


def out_of(connection: psycopg.Connection[Any], column: Array) -> list[Any]:
    """Return what the database reads in a column, row by row."""
    return [row[0] for row in connection.execute("SELECT * FROM unnest(%s)", (column,)).fetchall()]


@given(some.lists(WORDS, max_size=12))
@ON_ONE_DATABASE
def test_texts(connection: psycopg.Connection[Any], words: list[str]) -> None:
    assert out_of(connection, arrays.texts(words)) == words
    assert out_of(connection, arrays.spelled([each.encode() for each in words])) == words


@pytest.mark.parametrize(
    "words", [["王某某"] * 9, ["s1", "路灯"] * 8, ["one", "two", "six"], ["", "", "x"]], ids=str
)
def test_texts_of_which_few_differ_or_all_are_as_long(
    connection: psycopg.Connection[Any], words: list[str]
) -> None:
    assert out_of(connection, arrays.texts(words)) == words


@given(some.lists(some.binary(max_size=40), max_size=12))
@ON_ONE_DATABASE
def test_blobs(connection: psycopg.Connection[Any], raws: list[bytes]) -> None:
    assert out_of(connection, arrays.blobs(raws)) == raws


@given(some.lists(WHOLES | some.none(), max_size=12))
@ON_ONE_DATABASE
def test_wholes(connection: psycopg.Connection[Any], numbers: list[int | None]) -> None:
    assert out_of(connection, arrays.wholes(numbers)) == numbers


@given(some.lists(some.none() | some.dictionaries(WORDS, WORDS | some.integers(-5, 5)), max_size=12))
@ON_ONE_DATABASE
def test_jsons(connection: psycopg.Connection[Any], values: list[dict[str, Any] | None]) -> None:
    written = arrays.jsons([None if each is None else orjson.dumps(each) for each in values])
    assert out_of(connection, written) == values


@pytest.mark.parametrize("number", [2**63, -(2**63) - 1])
def test_a_number_beyond_64_bits_is_refused_as_the_database_does(number: int) -> None:
    with pytest.raises(psycopg.DataError):
        arrays.wholes([1, number])
