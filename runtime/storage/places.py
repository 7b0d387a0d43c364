"""Where files are kept, as the settings say it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Off:
    """Nowhere: there are no files."""


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder of this machine, or one that all machines share."""

    root: Path


@dataclass(frozen=True, slots=True)
class Bucket:
    """A bucket of a service that speaks S3; without `endpoint` it is Amazon's. `prefix` is empty or ends with `/`."""

    name: str
    prefix: str = ""
    endpoint: str | None = None
    region: str | None = None


Place = Off | Folder | Bucket
