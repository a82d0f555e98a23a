"""Secrets in texts of others: hidden where they are told, and nothing else is."""

from __future__ import annotations

import pytest

from motomind_nb.postgres import mask_secrets

SECRETS = (
    "host=db.example.org password='hunter2 and 3' dbname=app",
    "ALTER ROLE owner PASSWORD 'hunter2'",
    "redis://:hunter2@cache.example.org:6379/0",
    "Authorization: Basic aHVudGVyMjpodW50ZXIyaHVudGVyMg==",
    '{"apikey": "hunter2", "kind": "row"}',
    "'x-api-key' => 'hunter2'",
    "jsonb_build_object('apikey', 'hunter2hunter2')",
    "https://hooks.example.org/fuel?access_token=hunter2hunter2&kind=row",
    "X-Api-Key: hunter2hunter2",
    "client_secret=hunter2hunter2",
    "sk_live_hunter2hunter2",
    "sb_secret_hunter2hunter2",
    "whsec_hunter2hunter2",
    "ghp_hunter2hunter2hunter2",
)
HARMLESS = (
    "column provider_integrations.access_token: expected text, found bytea",
    "WHEN (new.token IS DISTINCT FROM old.token)",
    "CHECK (kind = ANY (ARRAY['token', 'secret', 'password']))",
    "a basic plan; the password of nobody; 3 tokens",
    "https://img.example.org/2024/van.jpg",
    "token_count = 12",
    "sk_name, pk_vehicles and fk_garages_1",
)


@pytest.mark.parametrize("text", SECRETS)
def test_a_secret_is_hidden(text: str) -> None:
    told = mask_secrets(f"before {text} after")
    assert "hunter2" not in told and "HVudGVy" not in told
    assert told.startswith("before ") and told.endswith(" after") and "(hidden)" in told


@pytest.mark.parametrize("text", HARMLESS)
def test_other_words_stay(text: str) -> None:
    assert mask_secrets(text) == text
