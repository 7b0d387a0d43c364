"""The environment becomes settings, or one line per fault."""

from __future__ import annotations

import dataclasses
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from runtime.settings import SECRET_FILE, VARIABLES, Settings, SettingsError, development_key, load
from runtime.storage.places import Bucket, Folder, Off, Place

KEY = "k" * 32
PRODUCTION = {"AGORA_ENV": "production", "AGORA_SECRET_KEY": KEY, "AGORA_STORAGE_URL": "off"}


def faults(environ: dict[str, str], root: Path) -> tuple[str, ...]:
    with pytest.raises(SettingsError) as caught:
        load(environ, root)
    return caught.value.faults


def test_an_empty_environment_is_enough_for_development(tmp_path: Path) -> None:
    settings = load({}, tmp_path)
    assert not settings.production
    assert settings.database_url == f"sqlite://{tmp_path}/var/agora.sqlite3"
    assert settings.sqlite_file == tmp_path / "var/agora.sqlite3"
    assert (settings.host, settings.port, settings.workers) == ("127.0.0.1", 8000, 1)
    assert settings.cors_origins == ()
    assert settings.refresh_token_seconds == 14 * 24 * 3600
    assert settings.storage == Folder(tmp_path / "var/files")
    assert settings.public_url == "http://127.0.0.1:8000"
    assert settings.file_url_seconds == 3600
    assert (settings.jwks_url, settings.jwt_issuer, settings.jwt_audience) == (None, None, None)


def test_an_empty_variable_counts_as_unset(tmp_path: Path) -> None:
    assert load({"AGORA_PORT": "", "AGORA_CORS_ORIGINS": ""}, tmp_path) == load({}, tmp_path)


def test_every_field_has_its_row_in_the_table() -> None:
    assert {row.field for row in VARIABLES} | {"root"} == {f.name for f in dataclasses.fields(Settings)}
    assert len({row.name for row in VARIABLES}) == len(VARIABLES)
    assert all(row.meaning.endswith(".") and row.documented_default != "`None`" for row in VARIABLES)


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("sqlite:////data/shop.db", "sqlite:///data/shop.db"),
        ("sqlite:///data/shop.db", "sqlite:///data/shop.db"),
        ("sqlite://data/../shop.db", "sqlite://{root}/shop.db"),
        ("postgres://u:p%40ss@db:5433/shop", "postgres://u:p%40ss@db:5433/shop"),
        ("postgresql://u@db/shop?sslmode=require", "postgres://u@db/shop?sslmode=require"),
        ("postgres://u@/shop?host=/run/postgresql", "postgres://u@/shop?host=/run/postgresql"),
        ("postgres:///shop?host=/run/postgresql", "postgres:///shop?host=/run/postgresql"),
    ],
)
def test_database_addresses_come_in_two_forms(given: str, kept: str, tmp_path: Path) -> None:
    settings = load({"AGORA_DATABASE_URL": given}, tmp_path)
    assert settings.database_url == kept.format(root=tmp_path)
    assert settings.dialect == kept.split(":")[0]


@pytest.mark.parametrize(
    ("variable", "text", "problem"),
    [
        ("AGORA_ENV", "staging", "'staging'; accepted: development, production"),
        ("AGORA_PORT", "80a", "a whole number from 1 to 65535"),
        ("AGORA_PORT", "0", "a whole number from 1 to 65535"),
        ("AGORA_PORT", "8_000", "a whole number"),
        ("AGORA_PORT", "²", "a whole number"),
        ("AGORA_WORKERS", "-1", "a whole number from 1"),
        ("AGORA_WORKERS", "9" * 5000, "a whole number from 1"),
        ("AGORA_HOST", "127.0.0.1\n", "plain text"),
        ("AGORA_LOG_LEVEL", "INFO", "accepted: debug, info, warning, error"),
        ("AGORA_STORAGE_URL", "gcs://bucket", "accepted: off, file:"),
        ("AGORA_STORAGE_URL", "var/files", "accepted: off, file:"),
        ("AGORA_STORAGE_URL", "file:", "names no folder"),
        ("AGORA_STORAGE_URL", "file://var/files", "names no folder"),
        ("AGORA_STORAGE_URL", "file:var/files?mode=1", "'?'"),
        ("AGORA_STORAGE_URL", "file:var/\nfiles", "unprintable"),
        ("AGORA_STORAGE_URL", "s3:bucket", "accepted: off, file:"),
        ("AGORA_STORAGE_URL", "s3://", "names no bucket"),
        ("AGORA_STORAGE_URL", "s3:///prefix", "names no bucket"),
        ("AGORA_STORAGE_URL", "s3://Bucket", "names no bucket"),
        ("AGORA_STORAGE_URL", "s3://bucket:9000", "names no bucket"),
        ("AGORA_STORAGE_URL", "s3://bucket/../x", "no plain prefix"),
        ("AGORA_STORAGE_URL", "s3://bucket/a b", "no plain prefix"),
        ("AGORA_STORAGE_URL", "s3://bucket#x", "no plain prefix"),
        ("AGORA_STORAGE_URL", "s3://key:secret@bucket", "AWS_ACCESS_KEY_ID"),
        ("AGORA_STORAGE_URL", "s3://bucket?secret_key=x", "AWS_SECRET_ACCESS_KEY"),
        ("AGORA_STORAGE_URL", "s3://bucket?region=a&region=b", "one twice"),
        ("AGORA_STORAGE_URL", "s3://bucket?region=", "no region"),
        ("AGORA_STORAGE_URL", "s3://bucket?endpoint=", "no endpoint"),
        ("AGORA_STORAGE_URL", "s3://bucket?endpoint=files.example", "no endpoint"),
        ("AGORA_STORAGE_URL", "s3://bucket?endpoint=https://key:x@files.example", "no endpoint"),
        ("AGORA_PUBLIC_URL", "shop.example", "accepted: https://host"),
        ("AGORA_PUBLIC_URL", "ftp://shop.example", "accepted: https://host"),
        ("AGORA_PUBLIC_URL", "https://user@shop.example", "accepted: https://host"),
        ("AGORA_PUBLIC_URL", "https://shop.example/?a=b", "accepted: https://host"),
        ("AGORA_PUBLIC_URL", 'https://shop.example/"', "accepted: https://host"),
        ("AGORA_PUBLIC_URL", "https://shop.example:port", "check the port"),
        ("AGORA_FILE_URL_SECONDS", "3", "a whole number from 4 to 604800"),
        ("AGORA_FILE_URL_SECONDS", "604801", "a whole number from 4 to 604800"),
        ("AGORA_JWT_ALGORITHM", "none", "accepted: HS256, RS256, ES256"),
        ("AGORA_JWKS_URL", "ftp://keys", "accepted: https://"),
        ("AGORA_SECRET_KEY", "short", "is 5 bytes long"),
        ("AGORA_SECRET_KEY", "\udcff" * 40, "not valid UTF-8"),
        ("AGORA_DATABASE_URL", "mysql://db/shop", "accepted: sqlite:///absolute/file"),
        ("AGORA_DATABASE_URL", "sqlite:/shop.db", "accepted: sqlite:///absolute/file"),
        ("AGORA_DATABASE_URL", "sqlite://", "names no file"),
        ("AGORA_DATABASE_URL", "sqlite://:memory:", "in memory"),
        ("AGORA_DATABASE_URL", "sqlite://shop.db?mode=ro", "'?'"),
        ("AGORA_DATABASE_URL", "postgres://u:p@db", "names no database"),
        ("AGORA_DATABASE_URL", "postgres://u:p@db:port/shop", "check the port"),
        ("AGORA_DATABASE_URL", "postgres://u:p@db:99999/shop", "check the port"),
        ("AGORA_DATABASE_URL", "postgres:///shop", "names no host"),
        ("AGORA_DATABASE_URL", "postgres://u:p@db/shop#1", "%23"),
        ("AGORA_DATABASE_URL", "postgres://u:p@db/shop\n", "on one line"),
    ],
)
def test_a_wrong_value_is_one_line_that_names_the_variable(
    variable: str, text: str, problem: str, tmp_path: Path
) -> None:
    (fault,) = faults({variable: text}, tmp_path)
    assert fault.startswith(f"{variable} ")
    assert problem in fault
    assert "\n" not in fault


@pytest.mark.parametrize(
    "origin",
    [
        "shop.example",
        "https://shop.example/",
        "https://shop.example/path",
        "https://shop.example?",
        "https://user@shop.example",
        "ftp://shop.example",
        "https://",
        "https://shop.example:port",
        "https://täst.example",
        "https://a b.example",
        "null",
        "https://a.example,",
        "https://a.example,*",
    ],
)
def test_what_is_no_origin_is_refused(origin: str, tmp_path: Path) -> None:
    (fault,) = faults({"AGORA_CORS_ORIGINS": origin}, tmp_path)
    assert fault.startswith("AGORA_CORS_ORIGINS ")


def test_origins_are_kept_as_browsers_write_them(tmp_path: Path) -> None:
    text = "https://Shop.example:443, http://localhost:3000,http://[::1]:8080,https://shop.example"
    assert load({"AGORA_CORS_ORIGINS": text}, tmp_path).cors_origins == (
        "https://shop.example",
        "http://localhost:3000",
        "http://[::1]:8080",
    )
    assert load({"AGORA_CORS_ORIGINS": "*"}, tmp_path).cors_origins == ("*",)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("off", Off()),
        ("file:/srv/files/", Folder(Path("/srv/files"))),
        ("file:data/../files", Folder(Path("{root}/files"))),
        ("s3://shop", Bucket("shop")),
        ("s3://shop/Some/prefix/", Bucket("shop", "Some/prefix/")),
        (
            "s3://shop?endpoint=http://127.0.0.1:9000/&region=eu-west-1",
            Bucket("shop", endpoint="http://127.0.0.1:9000", region="eu-west-1"),
        ),
    ],
)
def test_files_are_kept_in_one_of_three_kinds_of_place(text: str, place: Place, tmp_path: Path) -> None:
    if isinstance(place, Folder):
        place = Folder(Path(str(place.root).format(root=tmp_path)))
    assert load({"AGORA_STORAGE_URL": text}, tmp_path).storage == place


def test_links_lead_to_where_the_service_is_reached(tmp_path: Path) -> None:
    def public_url(**more: str) -> str:
        return load({f"AGORA_{name}": text for name, text in more.items()}, tmp_path).public_url

    assert public_url(PUBLIC_URL="https://shop.example/base/") == "https://shop.example/base"
    assert public_url(HOST="0.0.0.0", PORT="9000") == "http://127.0.0.1:9000"
    assert public_url(HOST="::", PORT="9000") == "http://[::1]:9000"
    assert public_url(HOST="shop.internal") == "http://shop.internal:8000"


def test_production_says_where_files_are_and_are_served(tmp_path: Path) -> None:
    (fault,) = faults({name: text for name, text in PRODUCTION.items() if name != "AGORA_STORAGE_URL"}, tmp_path)
    assert fault.startswith("AGORA_STORAGE_URL is not set")
    folder = PRODUCTION | {"AGORA_STORAGE_URL": "file:/srv/files"}
    (fault,) = faults(folder, tmp_path)
    assert fault.startswith("AGORA_PUBLIC_URL is not set")
    assert load(folder | {"AGORA_PUBLIC_URL": "https://shop.example"}, tmp_path).public_url == "https://shop.example"
    assert load(PRODUCTION | {"AGORA_STORAGE_URL": "s3://shop"}, tmp_path).storage == Bucket("shop")


def test_production_stores_files_over_tls(tmp_path: Path) -> None:
    plain = {"AGORA_STORAGE_URL": "s3://shop?endpoint=http://files.example"}
    assert load(plain, tmp_path).storage
    (fault,) = faults(PRODUCTION | plain, tmp_path)
    assert fault.startswith("AGORA_STORAGE_URL has an endpoint that is not encrypted")


def test_all_faults_are_told_at_once(tmp_path: Path) -> None:
    lines = faults(
        {"AGORA_ENV": "production", "AGORA_PORT": "x", "AGORA_WORKERS": "x", "AGORA_PASSWORD_COST": "test"},
        tmp_path,
    )
    assert [line.split()[0] for line in lines] == [
        "AGORA_PORT",
        "AGORA_WORKERS",
        "AGORA_SECRET_KEY",
        "AGORA_STORAGE_URL",
        "AGORA_PASSWORD_COST",
    ]


def test_a_misspelt_variable_is_a_fault_with_the_nearest_name(tmp_path: Path) -> None:
    assert faults({"AGORA_DATABSE_URL": "x", "OTHER": "x"}, tmp_path) == (
        "AGORA_DATABSE_URL is not a setting; did you mean AGORA_DATABASE_URL?",
    )


def test_variables_of_the_test_suite_are_left_alone(tmp_path: Path) -> None:
    load({"AGORA_TEST_POSTGRES_URL": "postgres://somewhere/db"}, tmp_path)


@pytest.mark.parametrize("algorithm", ["RS256", "ES256"])
def test_public_key_algorithms_need_keys(algorithm: str, tmp_path: Path) -> None:
    (fault,) = faults({"AGORA_JWT_ALGORITHM": algorithm}, tmp_path)
    assert fault.startswith("AGORA_JWKS_URL is not set")
    keys = {"AGORA_JWT_ALGORITHM": algorithm, "AGORA_JWKS_URL": "https://id.example/keys"}
    assert load(keys, tmp_path).jwks_url == "https://id.example/keys"


def test_keys_without_an_algorithm_that_uses_them_are_refused(tmp_path: Path) -> None:
    (fault,) = faults({"AGORA_JWKS_URL": "https://id.example/keys"}, tmp_path)
    assert "HS256" in fault


def test_production_fetches_keys_over_tls(tmp_path: Path) -> None:
    keys = {"AGORA_JWT_ALGORITHM": "RS256", "AGORA_JWKS_URL": "http://id.example/keys"}
    assert load(keys, tmp_path).jwks_url
    (fault,) = faults(PRODUCTION | keys, tmp_path)
    assert fault.startswith("AGORA_JWKS_URL is not encrypted")


def test_production_makes_nothing_up(tmp_path: Path) -> None:
    said = faults({"AGORA_ENV": "production"}, tmp_path)
    assert [fault.partition(" ")[0] for fault in said] == ["AGORA_SECRET_KEY", "AGORA_STORAGE_URL"]
    assert not (tmp_path / "var").exists()
    assert load(PRODUCTION, tmp_path).secret_key == KEY.encode()
    assert not (tmp_path / "var").exists()


def test_the_development_key_is_kept_and_private(tmp_path: Path) -> None:
    first, second = load({}, tmp_path), load({}, tmp_path)
    assert first.secret_key == second.secret_key
    assert len(first.secret_key) >= 32
    assert stat.S_IMODE((tmp_path / SECRET_FILE).stat().st_mode) == 0o600


def test_workers_that_start_together_agree_on_the_key(tmp_path: Path) -> None:
    file = tmp_path / "var" / "key"
    with ThreadPoolExecutor(16) as pool:
        assert len(set(pool.map(lambda _: development_key(file), range(64)))) == 1


def test_a_key_file_left_empty_by_a_crash_is_filled(tmp_path: Path) -> None:
    file = tmp_path / "key"
    file.touch(0o600)
    assert len(development_key(file)) >= 32


@pytest.mark.parametrize("content", ["short\n", None])
def test_a_key_file_that_cannot_serve_is_a_fault(content: str | None, tmp_path: Path) -> None:
    file = tmp_path / SECRET_FILE
    file.parent.mkdir()
    if content is None:
        file.mkdir()
    else:
        file.write_text(content)
    (fault,) = faults({}, tmp_path)
    assert fault.startswith("AGORA_SECRET_KEY is not set")
    assert "short" not in fault


def test_secrets_are_never_shown(tmp_path: Path) -> None:
    secret = "hunter2-hunter2"
    for environ in (
        {"AGORA_SECRET_KEY": secret},
        {"AGORA_DATABASE_URL": f"postgres://u:{secret}@db:x/shop"},
        {"AGORA_DATABASE_URL": f"postgres://u:{secret}#@db/shop"},
        {"AGORA_DATABASE_URL": f"mysql://u:{secret}@db/shop"},
        {"AGORA_STORAGE_URL": f"s3://key:{secret}@store"},
        {"AGORA_STORAGE_URL": f"s3://store?key={secret}"},
        {"AGORA_STORAGE_URL": f"s3://store?{secret}=key"},
        {"AGORA_STORAGE_URL": f"s3://store?endpoint=https://key:{secret}@host"},
        {"AGORA_PUBLIC_URL": f"https://u:{secret}@shop.example"},
        {"AGORA_JWKS_URL": f"gopher://u:{secret}@id"},
    ):
        assert secret not in "\n".join(faults(environ, tmp_path))
    settings = load(PRODUCTION | {"AGORA_DATABASE_URL": f"postgres://u:{secret}@db/shop"}, tmp_path)
    assert secret not in repr(settings)
    assert KEY not in repr(settings)
