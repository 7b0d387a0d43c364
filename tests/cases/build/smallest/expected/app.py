# Generated from spec/ by `agora build`; do not edit.
"""Words: everything that the runtime serves."""

from __future__ import annotations

from generated.routes import word
from runtime.application import Application

CONSTRAINTS = ()

EVENTS = ()

METRICS = ()

APPLICATION = Application(
    title="Words",
    version="1.0.0",
    base="/words",
    models=("generated.models.word",),
    routes=(*word.routes.routes,),
    actor=None,
    constraints={},
    events={},
    metrics=METRICS,
    seeds=(),
)
