# Generated from spec/ by `agora build`; do not edit.
"""The policies. A check is the part of a policy that needs no record, and so runs before anything is read; the
part about a record is in the `allowed` of each read.
"""

from __future__ import annotations

from runtime.application import Policy

public = Policy("public")
authenticated = Policy("authenticated", needs_actor=True)
