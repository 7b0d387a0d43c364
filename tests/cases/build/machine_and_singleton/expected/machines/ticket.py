# Generated from spec/ticket.yaml by `agora build`; do not edit.
"""The life of Ticket: who may move it from one state to another, when."""

from __future__ import annotations

from decimal import Decimal

from generated import policies
from runtime.application import Sql
from runtime.machines import Machine, Transition
from runtime.reads import Guard

SOLVE = Transition(
    name="solve",
    sources=("open",),
    target="solved",
    policy=policies.staff,
    guard=Guard(check=Sql.same('t."hours" > 0'), code="NOTHING_DONE", message="Nobody has worked on it yet."),
    stamps=("solved_at",),
    signs=("solved_by_id",),
    takes=("solution",),
    effects=("ticket.tell_author",),
)
"""open → solved: The author has to agree (ticket.yaml:24)"""

REOPEN = Transition(
    name="reopen",
    sources=("solved",),
    target="open",
    policy=policies.ticket_authors_own,
    allowed=Sql(postgres='t."author_id" = $actor_id::bigint', sqlite='t."author_id" = $actor_id'),
    sets={"hours": Decimal("0.0"), "solved_at": None},
)
"""solved → open (ticket.yaml:33)"""

SHUT = Transition(
    name="shut",
    sources=("open", "solved"),
    target="shut",
    policy=policies.ticket_authors_own,
    allowed=Sql(postgres='t."author_id" = $actor_id::bigint', sqlite='t."author_id" = $actor_id'),
)
"""open or solved → shut (ticket.yaml:34)"""

MACHINE = Machine(
    table="ticket",
    key="id",
    key_type="id",
    field="stage",
    transitions=(
        SOLVE,
        REOPEN,
        SHUT,
    ),
)
