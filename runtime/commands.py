"""The commands that run an API: serve, migrate, seed, metrics, sweep, token."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any, TypeVar

import click

from runtime import metrics as totals
from runtime import project, seeds
from runtime import sweep as sweeping
from runtime.application import ActorSource, Application
from runtime.auth.tokens import Tokens
from runtime.database import Database, DatabaseError, Unavailable
from runtime.errors import Problem
from runtime.http import supervisor
from runtime.http.system_routes import DOCS
from runtime.migrations import migrate as migrations
from runtime.migrations.files import folder_of
from runtime.settings import Settings, SettingsError
from runtime.storage import StorageUnavailable

T = TypeVar("T")

WRONG_SETTINGS = 2
FAILURES = (
    project.NotBuilt,
    supervisor.PortTaken,
    migrations.MigrationError,
    seeds.SeedError,
    DatabaseError,
    StorageUnavailable,
    sweeping.SweepRefused,
    Problem,
)


@click.command()
@click.pass_obj
def serve(root: Path) -> None:
    """Serve the API. In development, the first start also makes the database and fills it with demo data."""
    settings, application = _loaded(root)
    with_failures(lambda: supervisor.check_port(settings.host, settings.port))
    if settings.production:
        _refuse_pending(settings, application)
    else:
        _prepare(settings, application)
    _say_where_to_go(settings, application)
    supervisor.run(root, settings)


@click.command()
@click.option("--confirm-destructive", is_flag=True, help="Also make migrations that lose data for good.")
@click.option("--status", is_flag=True, help="Say what was made and what is pending, and change nothing.")
@click.pass_obj
def migrate(root: Path, confirm_destructive: bool, status: bool) -> None:
    """Bring the database's schema up to date."""
    settings, application = _loaded(root)
    folder = folder_of(application.package)
    if status:
        _show(_run(migrations.status(settings, folder)))
        return
    made = _run(migrations.apply(settings, folder, confirm_destructive=confirm_destructive))
    for name in made:
        click.echo(f"Made {name}.")
    if not made:
        click.echo("The schema is up to date.")


@click.command()
@click.pass_obj
def seed(root: Path) -> None:
    """Fill the database with the demo data it does not have yet."""
    settings, application = _loaded(root)
    ran = _run(seeds.run(application, settings))
    click.echo(f"Seeded {', '.join(ran)}." if ran else "The demo data is there already.")


@click.group()
def metrics() -> None:
    """Stored totals and counters."""


@metrics.command()
@click.pass_obj
def rebuild(root: Path) -> None:
    """Calculate all of them anew, say which were wrong, and mend them. Servers may go on meanwhile."""
    settings, application = _loaded(root)
    _refuse_pending(settings, application)
    for line in _run(totals.rebuild(application, settings)).lines():
        click.echo(line)


@click.command()
@click.option("--apply", "mends", is_flag=True, help="Also do it.")
@click.option(
    "--older-than",
    "minutes",
    type=click.IntRange(1),
    default=60,
    show_default=True,
    metavar="MINUTES",
    help="Leave files alone that are younger: their rows may be on the way.",
)
@click.pass_obj
def sweep(root: Path, mends: bool, minutes: int) -> None:
    """Find files that no row names, and rows whose file is not there; say what there is to mend. Servers may go on."""
    settings, application = _loaded(root)
    _refuse_pending(settings, application)
    click.echo(_run(sweeping.sweep(application, settings, minutes, mends, click.echo)).line())


@click.command()
@click.argument("name")
@click.pass_obj
def token(root: Path, name: str) -> None:
    """Print an access token for the user NAME, to try the API with."""
    settings, application = _loaded(root)
    key = _run(_key_of(settings, application, name))
    click.echo(with_failures(lambda: Tokens(settings).access(key)))


# --- what they share --------------------------------------------------------------------------


def _loaded(root: Path) -> tuple[Settings, Application]:
    try:
        settings = project.load_settings(root)
    except SettingsError as wrong:
        for fault in wrong.faults:
            click.echo(f"Error: {fault}", err=True)
        raise SystemExit(WRONG_SETTINGS) from None
    return settings, with_failures(lambda: project.load_application(root))


def with_failures(work: Callable[[], T]) -> T:
    """Do `work`; what is known to go wrong becomes one line and exit code 1."""
    try:
        return work()
    except FAILURES as failure:
        raise click.ClickException(_told(failure)) from failure


def _told(failure: Exception) -> str:
    """A failure in one line. The driver's words alone would not say that it is about the database."""
    if isinstance(failure, Problem):
        return failure.detail
    if isinstance(failure, Unavailable):
        return f"AGORA_DATABASE_URL: the database cannot be used ({failure})."
    return str(failure)


def _run(work: Coroutine[Any, Any, T]) -> T:
    return with_failures(lambda: asyncio.run(work))


def _prepare(settings: Settings, application: Application) -> None:
    folder = folder_of(application.package)
    before = _run(migrations.status(settings, folder)) if _database_exists(settings) else None
    for name in _run(migrations.apply(settings, folder)):
        click.echo(f"Made {name}.")
    if (before is None or not before.made) and application.seeds:
        click.echo("Filling the database with demo data …")
        _run(seeds.run(application, settings))


def _database_exists(settings: Settings) -> bool:
    return settings.sqlite_file is None or settings.sqlite_file.exists()


def _refuse_pending(settings: Settings, application: Application) -> None:
    if not _database_exists(settings):
        raise click.ClickException(f"There is no database at {settings.sqlite_file}; run `agora migrate` first.")
    found = _run(migrations.status(settings, folder_of(application.package)))
    if found.pending:
        names = ", ".join(each.name for each in found.pending)
        raise click.ClickException(f"Migrations are pending ({names}); run `agora migrate` first.")


def _show(status: migrations.Status) -> None:
    for name in status.made:
        click.echo(f"made     {name}")
    for each in status.pending:
        click.echo(f"pending  {each.name}")
    for line in status.destructive:
        click.echo(f"         loses data: {line}")
    for name in status.ahead:
        click.echo(f"unknown  {name} (made by a newer version)")


def _say_where_to_go(settings: Settings, application: Application) -> None:
    host = "localhost" if settings.host in ("0.0.0.0", "::") else settings.host  # noqa: S104 # compared, not bound
    base = f"http://{f'[{host}]' if ':' in host else host}:{settings.port}"
    click.echo(f"{application.title} {application.version}")
    click.echo(f"  API    {base}{application.base}/")
    click.echo(f"  docs   {base}{DOCS}")
    if application.actor is not None and settings.jwt_algorithm == "HS256" and not settings.production:
        name = _run(_somebody(settings, application.actor)) or "NAME"
        click.echo(f"  token  {_this_command()} token {name}   (then: Authorization: Bearer <token>)")


def _this_command() -> str:
    """The command as it can be typed again from where the user is."""
    called = Path(sys.argv[0])
    return os.path.relpath(called) if called.is_absolute() and called.is_relative_to(Path.cwd()) else str(called)


async def _somebody(settings: Settings, source: ActorSource) -> object:
    """The name of a user to try the API with: the first there is."""
    database = await Database.open(settings, ())
    try:
        # The names are the generated application's own.
        sql = f'SELECT "{source.names or source.key}" FROM "{source.table}" ORDER BY "{source.key}" LIMIT 1'  # noqa: S608
        row = await database.fetch_row(sql, [])
    finally:
        await database.close()
    return row[0] if row else None


async def _key_of(settings: Settings, application: Application, name: str) -> object:
    source = application.actor
    if source is None:
        raise Problem(404, "NOT_FOUND", "This API has no users: its specs name no actor.")
    database = await Database.open(settings, application.models)
    try:
        column = source.names or source.key
        mark = "$1" if database.dialect == "postgres" else "?1"
        cast = "::text" if database.dialect == "postgres" else ""
        # The names are the generated application's own.
        sql = f'SELECT "{source.key}" FROM "{source.table}" WHERE "{column}"{cast} = {mark}'  # noqa: S608
        row = await database.fetch_row(sql, [name])
    finally:
        await database.close()
    if row is None:
        raise Problem(404, "NOT_FOUND", f"There is no {source.table} called {name}.")
    return row[0]
