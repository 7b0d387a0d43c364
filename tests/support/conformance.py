"""Whether an answer is one of those that the OpenAPI document promises for its operation."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import Any

import httpx
import jsonschema_rs

UNROUTED = {405, 408, 417}  # answered before it is known which operation is meant


@dataclass
class Contract:
    """The promises of one document; `check` is called with every answer of a server."""

    document: dict[str, Any]
    validators: dict[str, Any] = field(default_factory=dict)
    paths: list[tuple[re.Pattern[str], str]] = field(default_factory=list)
    seen: set[tuple[str, str, int]] = field(default_factory=set)

    def __post_init__(self) -> None:
        # Fixed paths come before those with parameters, as in the router.
        for path in sorted(self.document["paths"], key=lambda each: ("{" in each.rpartition("/")[0], each)):
            pattern = re.sub(r"\\\{[^}]*\\\}", "[^/]+", re.escape(path.rstrip("/")))
            self.paths.append((re.compile(pattern + "/?"), path))

    def check(self, answer: httpx.Response) -> None:
        """Fail unless status, media type, headers and body are what the document says."""
        found = self.operation(answer.request)
        if found is None or answer.status_code in UNROUTED:
            return
        path, method = found
        where = f"{method.upper()} {answer.request.url} → {answer.status_code}"
        promised = self.resolved(self.document["paths"][path][method]["responses"]).get(str(answer.status_code))
        assert promised is not None, f"{where} is not documented: {answer.read().decode()[:500]}"
        promised = self.resolved(promised)
        self.seen.add((path, method, answer.status_code))
        for name, header in promised.get("headers", {}).items():
            assert name in answer.headers or not self.resolved(header).get("required"), f"{where} lacks {name}"
        self.check_body(where, answer, promised.get("content", {}))

    def check_body(self, where: str, answer: httpx.Response, content: dict[str, Any]) -> None:
        body = answer.read()
        if answer.request.method == "HEAD":
            return
        if not content:
            assert body == b"", f"{where} has a body"
            return
        assert answer.headers["content-type"] in content, f"{where} is {answer.headers['content-type']}"
        schema = content[answer.headers["content-type"]]["schema"]
        errors = [
            f"{list(each.instance_path)}: {each.message}"
            for each in self.validator(schema).iter_errors(json.loads(body))
        ]
        assert not errors, f"{where} does not match its schema: {errors[:5]}"

    def operation(self, request: httpx.Request) -> tuple[str, str] | None:
        """Path and method of the operation that a request is for."""
        method = "get" if request.method == "HEAD" else request.method.lower()
        for pattern, path in self.paths:
            if pattern.fullmatch(request.url.raw_path.decode().partition("?")[0]):
                return (path, method) if method in self.document["paths"][path] else None
        return None

    def validator(self, schema: dict[str, Any]) -> Any:
        key = json.dumps(schema)
        if key not in self.validators:
            whole = schema | {"components": self.document["components"]}
            self.validators[key] = jsonschema_rs.Draft202012Validator(whole, validate_formats=True)
        return self.validators[key]

    def resolved(self, piece: dict[str, Any]) -> dict[str, Any]:
        """What a reference refers to."""
        if "$ref" not in piece:
            return piece
        found: Any = self.document
        for name in piece["$ref"].removeprefix("#/").split("/"):
            found = found[name]
        return dict(found)
