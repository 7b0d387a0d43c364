"""How pytest runs for a mutant: the server in its own process, SQLite where both would do, and only the tests that
have to notice."""

from __future__ import annotations

import gc
import os
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import pytest

from tests.mutation.subjects import ALL, noticed_by
from tests.support import servers
from tests.support.servers import ROOT


def running(*given: Any, **more: Any) -> AbstractContextManager[servers.Server]:
    """Only who asks for a server has to read it."""
    from tests.mutation import inprocess

    return inprocess.running(*given, **more)


setattr(servers, "running", running)  # noqa: B010 # types of the real one are more exact

BOTH_DATABASES = {"test_amounts.py"}  # which has statements of its own for each


def pytest_configure() -> None:
    """What is there already need not be looked through for garbage again, in each of thousands of runs."""
    gc.freeze()


def pytest_ignore_collect(collection_path: Path) -> bool | None:
    """Only what is for some mutant is read at all."""
    is_test = collection_path.name.startswith("test_")
    return (is_test and collection_path.relative_to(ROOT).as_posix() not in ALL) or None


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what is not for this mutant; what a process calls but once, whichever test came first has to notice."""
    files = noticed_by(os.environ.get("MUTANT_UNDER_TEST", ""))
    quick = [item for item in items if _is_quick(item)]
    kept = [item for item in quick if _file(item) in files] or quick
    kept.sort(key=lambda item: (*files, *ALL).index(_file(item)))
    config.hook.pytest_deselected(items=[item for item in items if item not in kept])
    items[:] = kept


def _is_quick(item: pytest.Item) -> bool:
    parameters = (
        item.callspec.params.values() if isinstance(item, pytest.Function) and hasattr(item, "callspec") else ()
    )
    return "postgres" not in parameters or item.path.name in BOTH_DATABASES


def _file(item: pytest.Item) -> str:
    return item.nodeid.partition("::")[0]
