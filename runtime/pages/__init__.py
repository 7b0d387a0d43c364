"""The interactive documentation page and everything it loads; nothing of it comes from another host."""

from __future__ import annotations

import gzip
import hashlib
from dataclasses import dataclass, replace
from functools import cache
from html import escape
from pathlib import Path
from string import Template

HERE = Path(__file__).parent

# Styles may be inline because Swagger UI writes `style` attributes; scripts may not. Its icons are `data:`.
CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data:",
        "connect-src 'self'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
    )
)


@dataclass(frozen=True, slots=True)
class Asset:
    """One file of the page as it goes over the wire. `encoding` is its Content-Encoding, None for none."""

    content: bytes
    type: str
    encoding: str | None
    etag: str

    def plain(self) -> Asset:
        """The same for a client that does not accept the encoding."""
        if self.encoding is None:
            return self
        etag = self.etag.removesuffix('-gz"') + '"'
        return replace(self, content=gzip.decompress(self.content), encoding=None, etag=etag)


FILES = {
    "docs.css": ("docs.css", "text/css; charset=utf-8"),
    "docs.js": ("docs.js", "text/javascript; charset=utf-8"),
    "icon.svg": ("icon.svg", "image/svg+xml"),
    "swagger-ui.css": ("vendor/swagger-ui.css.gz", "text/css; charset=utf-8"),
    "swagger-ui-bundle.js": ("vendor/swagger-ui-bundle.js.gz", "text/javascript; charset=utf-8"),
}


@cache
def page(title: str, openapi_url: str, assets: str = "/docs") -> bytes:
    """The page as HTML; `assets` is the path below which its assets are served by their names.

    Serve it with `CONTENT_SECURITY_POLICY`.
    """
    template = Template((HERE / "docs.html").read_text(encoding="utf-8"))
    values = {"title": title, "openapi_url": openapi_url, "assets": assets}
    return template.substitute({name: escape(value) for name, value in values.items()}).encode()


def asset(name: str) -> Asset | None:
    """The asset of that name, compressed where that was done beforehand; None where there is none."""
    return _read(*FILES[name]) if name in FILES else None


@cache
def _read(file: str, media_type: str) -> Asset:
    content = (HERE / file).read_bytes()
    digest = hashlib.sha256(content).hexdigest()[:32]
    if file.endswith(".gz"):
        return Asset(content, media_type, "gzip", f'"{digest}-gz"')
    return Asset(content, media_type, None, f'"{digest}"')
