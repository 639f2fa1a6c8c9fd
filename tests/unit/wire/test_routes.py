"""Addresses and headers."""

from desk.wire import routes


def test_a_scope_is_written_into_the_address() -> None:
    assert routes.of_scope(routes.DIGEST, "S:0198-1") == "/v1/scopes/S%3A0198-1/digest"
    assert routes.of_scope(routes.SNAPSHOT, "S:a/b") == "/v1/scopes/S%3Aa%2Fb/snapshot"


def test_the_headers_say_who_asks_and_how_it_is_packed() -> None:
    said = routes.headers("d1", "secret")
    assert (said["Desk-Device"], said["Authorization"]) == ("d1", "Bearer secret")
    assert said["Content-Encoding"] == "zstd"
    assert "Content-Encoding" not in routes.headers("d1", "secret", packed=False)
