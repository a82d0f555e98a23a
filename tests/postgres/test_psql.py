"""psql gets a connection without a secret among its arguments."""

from __future__ import annotations

import pytest

from motomind_nb import postgres
from motomind_nb.core import MotomindError


def test_no_argument_holds_a_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PGHOST", "elsewhere")
    monkeypatch.setenv("LANG", "tr_TR.UTF-8")
    how = postgres.psql_connection(
        "host=db.example port=6543 user=ada password=hunter2 dbname='my db' keepalives_idle=5"
        " options='-c geqo=off'"
    )
    assert how.arguments == ["-d", "keepalives_idle=5"]
    known = how.environment
    assert (known["PGHOST"], known["PGPORT"], known["PGUSER"]) == ("db.example", "6543", "ada")
    assert (known["PGPASSWORD"], known["PGDATABASE"]) == ("hunter2", "my db")
    assert known["PGOPTIONS"] == "-c geqo=off -c default_transaction_read_only=on"
    assert known["LANG"] == "tr_TR.UTF-8"


def test_a_service_keeps_its_name() -> None:
    how = postgres.psql_connection("service=flotte")
    assert how.arguments == [] and how.environment["PGSERVICE"] == "flotte"


def test_nothing_of_the_users_libpq_reaches_an_embedded_server(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("PGSERVICE", "elsewhere")
    monkeypatch.setenv("PGHOSTADDR", "192.0.2.1")
    known = postgres.psql_connection(postgres.private_conninfo("/tmp/motomind-x", "t")).environment
    assert "PGSERVICE" not in known and "PGHOSTADDR" not in known
    assert known["PGHOST"] == "/tmp/motomind-x"


def test_a_secret_that_cannot_be_hidden_is_refused() -> None:
    with pytest.raises(MotomindError, match="sslpassword"):
        postgres.psql_connection("host=x sslpassword=hunter2")
