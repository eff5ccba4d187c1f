"""Settings from the environment: what production refuses, what is derived from others, and what cannot be read."""

from datetime import UTC, datetime, timedelta

import pytest
from pydantic import ValidationError

from support import clock
from support.settings import DEMO_SECRET, Settings

SECRETS = dict.fromkeys(("rasa_token", "actions_token", "jwt_secret", "shop_api_key"), "x" * 32)


def read(**known) -> Settings:
    return Settings(**{"_env_file": None, **known})


class TestProduction:
    def test_starts_with_secrets_of_its_own(self):
        assert read(mode="production", **SECRETS).mode == "production"

    @pytest.mark.parametrize("name", SECRETS)
    @pytest.mark.parametrize("secret", [DEMO_SECRET, "x" * 31])
    def test_with_a_known_or_a_short_secret_is_refused_by_its_name(self, name, secret):
        with pytest.raises(ValidationError, match=f"RAPPORT_{name.upper()} needs a secret of your own"):
            read(mode="production", **SECRETS | {name: secret})

    def test_with_a_shifted_clock_is_refused(self):
        with pytest.raises(ValidationError, match="RAPPORT_CLOCK_OFFSET"):
            read(mode="production", clock_offset="1s", **SECRETS)

    def test_without_a_mail_server_reaches_nobody_by_mail(self):
        assert [read(mode="production", **SECRETS).can_mail, read(mode="production", smtp_host="m", **SECRETS).can_mail] == [
            False, True,
        ]


class TestDerived:
    def test_all_lies_in_the_folder_unless_it_is_named(self, tmp_path):
        found = read(var=tmp_path)
        assert found.sql_url == f"sqlite+aiosqlite:///{tmp_path / 'rapport.db'}"
        assert found.trackers == f"sqlite:///{tmp_path / 'trackers.db'}"
        assert found.photos == tmp_path / "photos"
        named = read(database_url="postgresql://u@h/shop", tracker_url="postgresql://u@h/rasa")
        assert (named.sql_url, named.trackers) == ("postgresql+asyncpg://u@h/shop", "postgresql://u@h/rasa")

    def test_each_part_has_its_address(self):
        found = read(desk_port=1, rasa_port=2, actions_port=3, worker_port=4)
        assert (found.desk_url, found.rasa_url, found.actions_url, found.worker_url) == tuple(
            f"http://127.0.0.1:{port}" for port in (1, 2, 3, 4)
        )
        assert read(public_url="https://chat.shop.example/").desk_url == "https://chat.shop.example"

    def test_the_origins_are_our_own_and_the_shops(self):
        found = read(desk_host="::1", desk_port=80, allowed_origins="https://shop.example/, ,https://www.shop.example")
        assert found.origins == {
            "http://::1:80", "http://127.0.0.1:80", "http://localhost:80", "https://shop.example", "https://www.shop.example"
        }


class TestUnreadable:
    @pytest.mark.parametrize("known", [{"clock_offset": "soon"}, {"clock_offset": "1.5h"}, {"webhook_networks": "10.0.0.0/33"}])
    def test_is_refused_at_start(self, known):
        with pytest.raises(ValidationError):
            read(**known)


class TestClock:
    @pytest.mark.parametrize(("text", "seconds"), [("90", 90), ("-15m", -900), ("36h", 129_600), ("+2d", 172_800)])
    def test_is_shifted_by_the_offset(self, text, seconds):
        assert read(clock_offset=text).offset == timedelta(seconds=seconds)
        clock.shift(read(clock_offset=text).offset)
        assert abs(clock.now() - datetime.now(UTC) - timedelta(seconds=seconds)) < timedelta(seconds=30)
