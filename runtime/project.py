"""A project's folder: its settings, and the application that was generated into it."""

from __future__ import annotations

import importlib
import os
import sys
from pathlib import Path
from typing import Any

from sanic import Sanic

from runtime import settings
from runtime.application import Application
from runtime.http import logs
from runtime.server import create_app
from runtime.settings import Settings


class NotBuilt(Exception):
    """There is no generated application in the folder."""


def enter(root: Path) -> None:
    """Let `generated` and `hooks` be those of this project."""
    text = str(root)
    if sys.path[:1] != [text]:
        sys.path.insert(0, text)


def load_settings(root: Path) -> Settings:
    """The settings of this process; raises SettingsError with every fault."""
    return settings.load(os.environ, root)


def load_application(root: Path) -> Application:
    """The generated application; raises NotBuilt where there is none."""
    enter(root)
    try:
        module = importlib.import_module("generated.app")
    except ModuleNotFoundError as missing:
        if missing.name not in ("generated", "generated.app"):
            raise
        raise NotBuilt(f"There is no generated/app.py in {root}; run `agora build` first.") from missing
    if not Path(str(module.__file__)).is_relative_to(root):  # another project that happens to be importable
        raise NotBuilt(f"There is no generated/app.py in {root}; run `agora build` first.")
    application: Application = module.APPLICATION
    return application


def load_server(root: Path) -> Sanic[Any, Any]:
    """The server of the project, in whichever process calls this."""
    found = load_settings(root)
    logs.configure(found.log_level)
    return create_app(load_application(root), found)
