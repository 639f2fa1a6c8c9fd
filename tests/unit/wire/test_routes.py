"""Addresses and headers."""

from desk.wire import packing, routes


def test_a_scope_is_written_into_the_address() -> None:
    assert routes.of_scope(routes.DIGEST, "S:0198-1") == "/v1/scopes/S%3A0198-1/digest"
    assert routes.of_scope(routes.SNAPSHOT, "S:a/b") == "/v1/scopes/S%3Aa%2Fb/snapshot"


def test_the_headers_say_how_it_is_packed() -> None:
    said = routes.headers()
    assert said["Content-Encoding"] == said["Accept-Encoding"] == "zstd"
    assert "Content-Encoding" not in routes.headers(packed=False)
    tables = routes.headers(encoding=packing.ENCODING)
    assert (tables["Content-Encoding"], tables["Accept-Encoding"]) == ("desk-tables, zstd", "zstd")
