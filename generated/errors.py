# Generated from spec/ by `agora build`; do not edit.
"""The errors that the specs declare. A hook raises those of its own action."""

from __future__ import annotations

from runtime.errors import Problem


class InvalidCredentials(Problem):
    """401 INVALID_CREDENTIALS: The user name or password is wrong."""

    def __init__(self) -> None:
        super().__init__(401, "INVALID_CREDENTIALS", "The user name or password is wrong.")


class InvalidRefreshToken(Problem):
    """401 INVALID_REFRESH_TOKEN: The refresh token is unknown, expired or was used before."""

    def __init__(self) -> None:
        super().__init__(401, "INVALID_REFRESH_TOKEN", "The refresh token is unknown, expired or was used before.")
