# Generated from spec/ by `agora build`; do not edit.
"""Tickets: everything that the runtime serves."""

from __future__ import annotations

from generated.actor import Actor
from generated.machines import ticket as ticket_machine
from generated.routes import settings, ticket
from hooks import ticket as ticket_hooks
from runtime.application import ActorSource, Application, Constraint

CONSTRAINTS = (
    Constraint(name="uq_settings_one_each", kind="unique", table="settings", columns=("member_id",)),
    Constraint(name="fk_settings_member", kind="foreign", table="settings", columns=("member_id",)),
    Constraint(name="fk_ticket_author", kind="foreign", table="ticket", columns=("author_id",)),
    Constraint(name="fk_ticket_solved_by", kind="foreign", table="ticket", columns=("solved_by_id",)),
)

EVENTS = ()

METRICS = ()

APPLICATION = Application(
    title="Tickets",
    version="1.0.0",
    base="/desk",
    models=(
        "generated.models.member",
        "generated.models.settings",
        "generated.models.ticket",
    ),
    routes=(
        *settings.routes.routes,
        *ticket.routes.routes,
    ),
    actor=ActorSource(
        table="member",
        key="id",
        key_type="id",
        active=None,
        fields=("id", "is_staff"),
        make=Actor,
        types={"is_staff": "boolean"},
    ),
    constraints={each.name: each for each in CONSTRAINTS},
    events={},
    metrics=METRICS,
    machines={
        ticket_machine.MACHINE.table: ticket_machine.MACHINE,
    },
    effects={
        "ticket.tell_author": ticket_hooks.tell_author,
    },
    seeds=(),
)
