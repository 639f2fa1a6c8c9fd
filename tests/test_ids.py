"""Ids are UUIDv7 and different; secrets come from the operating system."""

import uuid

from desk import ids


def test_an_id_is_a_new_uuid_of_version_7() -> None:
    made = {ids.new_id() for _ in range(1000)}
    assert len(made) == 1000
    assert {uuid.UUID(each).version for each in made} == {7}


def test_a_replaced_source_makes_ids_repeatable() -> None:
    ids.set_source(lambda: "0190-one")
    try:
        assert ids.new_id() == "0190-one"
    finally:
        ids.set_source(None)


def test_random_bytes_never_repeat() -> None:
    assert len(ids.random_bytes(16)) == 16
    assert ids.random_bytes(16) != ids.random_bytes(16)
