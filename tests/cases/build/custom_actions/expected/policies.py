# Generated from spec/ by `agora build`; do not edit.
"""The policies. A check is the part of a policy that needs no record, and so runs before anything is read; the
part about a record is in the `allowed` of each read.
"""

from __future__ import annotations

from generated.actor import Actor
from runtime.application import Policy

public = Policy("public")
authenticated = Policy("authenticated", needs_actor=True)


def _librarian(actor: Actor | None) -> bool:
    """actor.is_librarian (_shared.yaml:12)"""
    return actor is not None and actor.is_librarian is True


librarian = Policy("librarian", needs_actor=True, check=_librarian)


book_reader = Policy("book_reader", needs_actor=True, hide=True)
"""actor is not null and borrower == actor (book.yaml:26)"""
