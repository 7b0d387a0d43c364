# Generated from spec/ by `agora build`; do not edit.
"""The policies. A check is the part of a policy that needs no record, and so runs before anything is read; the
part about a record is in the `allowed` of each read.
"""

from __future__ import annotations

from generated.actor import Actor
from runtime.application import Policy

public = Policy("public")
authenticated = Policy("authenticated", needs_actor=True)


def _staff(actor: Actor | None) -> bool:
    """actor.is_staff (_shared.yaml:4)"""
    return actor is not None and actor.is_staff is True


staff = Policy("staff", needs_actor=True, check=_staff)


ticket_authors_own = Policy("ticket_authors_own", needs_actor=True, hide=True)
"""author == actor (ticket.yaml:16)"""
