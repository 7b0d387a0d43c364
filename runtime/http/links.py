"""Links to files: reads leave the keys of files in an answer's text, and here they become URLs, last of all.

What is kept of an answer to be given again has the keys, so the links that it is given with are never dead ones.
"""

from __future__ import annotations

from collections.abc import Callable

from sanic.response import HTTPResponse

from runtime.http import responses
from runtime.http.answers import JSON

FILE_MARK = "\x1f"  # around the key of a stored file in the text of a read; JSON text never contains it

_MARK = FILE_MARK.encode()


def finish_links(response: HTTPResponse, url: Callable[[str], str | None], *, tagged: bool = False) -> None:
    """Put the URLs in their places. With `tagged` an answer that has some gets its ETag here: of the text with the keys
    and of one URL, because all URLs change together, and the text with all of them is several times as long."""
    body = response.body
    if response.content_type != JSON or not body or _MARK not in body:
        return
    marked = body.decode()
    if tagged:
        first = url(marked.split(FILE_MARK, 2)[1]) or ""
        response.headers["etag"] = responses.tag_of(body + first.encode())
    response.body = finished(marked, url).encode()


def finished(body: str, url: Callable[[str], str | None]) -> str:
    """The text with each key between two marks replaced by its URL in quotes, or null."""
    pieces = body.split(FILE_MARK)
    keys = pieces[1::2]
    links = {key: f'"{found}"' if (found := url(key)) else "null" for key in set(keys)}
    pieces[1::2] = [links[key] for key in keys]
    return "".join(pieces)
