"""From a path to a route and back to a response: everything about HTTP that is the same for every operation."""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from sanic.request import Request
from sanic.response import HTTPResponse

from runtime.application import Route
from runtime.call import UNKNOWN_CALLER, Call
from runtime.calls.services import Services
from runtime.database import statements
from runtime.errors import invalid_token, method_not_allowed, not_found
from runtime.fieldtypes import parse_path
from runtime.http import percent, responses
from runtime.http.links import finish_links
from runtime.http.logs import log_request
from runtime.http.protocol import Deadlines, discard_body, leave_body, read_body, stream_body

METHODS = ("GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE")
CLIENT_GONE = 499

_PARAMETER = re.compile(r"\{([a-z_][a-z0-9_]*)(:path)?\}")  # with `:path` it spans slashes


@dataclass(slots=True)
class Endpoint:
    """All that is offered at paths of one shape (`/a/{}/b`), by method."""

    routes: Mapping[str, Route]
    parameters: Mapping[str, tuple[tuple[str, str], ...]]  # of each method's path: names and field types
    deadlines: Deadlines
    origins: tuple[str, ...]
    development: bool
    services: Services | None = None

    @property
    def allow(self) -> tuple[str, ...]:
        """The methods that are offered, HEAD and OPTIONS among them."""
        offered = {*self.routes, "OPTIONS"} | ({"HEAD"} if "GET" in self.routes else set())
        return tuple(method for method in METHODS if method in offered)

    async def answer(self, request: Request, /, **raw: str) -> HTTPResponse:
        """Answer one request and log it: never raises but for a client that is gone."""
        started = time.perf_counter()
        headers: Any = request.headers
        request_id = responses.request_id_of(headers)
        counter = statements.start() if self.development else None
        route = self.routes.get("GET" if request.method == "HEAD" else request.method)
        call = None if route is None else self._call(request, headers, request_id, route)
        status = CLIENT_GONE
        try:
            response = await self._answer(request, call, raw, request_id)
            if counter is not None:
                response.headers["server-timing"] = f'db;desc="{counter.count} statements"'
            status = response.status
            return responses.finish(response, request_id, headers, self.origins)
        except asyncio.CancelledError:
            # Either the client is gone, or the server gave up; then it has put down what it will answer.
            status = 503 if getattr(request.stream, "exception", None) else CLIENT_GONE
            raise
        finally:
            if call is not None and call.files is not None:
                call.files.release()
            path = route.path if route else None
            actor = call.key if call else None
            log_request(request_id, request.method, path, status, time.perf_counter() - started, actor)

    async def _answer(
        self, request: Request, call: Call | None, raw: Mapping[str, str], request_id: str
    ) -> HTTPResponse:
        """The response, or the problem in its place; a body that nobody read is out of the way afterwards."""
        try:
            if call is None:
                response = self._unrouted(request.method, request.headers)
            else:
                response = await self._routed(call, raw)
        except Exception as error:
            response = responses.problem_response(responses.problem_for(error, request_id))
        if response.status < 300:
            await discard_body(request, self.deadlines.body)
        else:
            leave_body(request)
        return response

    def _unrouted(self, method: str, headers: Mapping[str, str]) -> HTTPResponse:
        if method == "OPTIONS":
            return responses.options(", ".join(self.allow), headers, self.origins)
        raise method_not_allowed(self.allow)

    def _call(self, request: Request, headers: Mapping[str, str], request_id: str, route: Route) -> Call:
        if self.services is None:
            raise RuntimeError("A request came before the server was ready.")
        return Call(
            services=self.services,
            route=route,
            request_id=request_id,
            path=request.path,
            query=request.query_string,
            headers=headers,
            address=request.ip or "",
            receive=partial(read_body, request, seconds=self.deadlines.body),
            stream=partial(stream_body, request, seconds=self.deadlines.body),
            counts=request.method != "HEAD",
        )

    async def _routed(self, call: Call, raw: Mapping[str, str]) -> HTTPResponse:
        if call.path.endswith("//"):  # the router takes any number of slashes for one
            raise not_found()
        if raw:
            call.parameters = _read(self.parameters[call.route.method], raw)
        authorization = call.headers.get("authorization")
        if authorization is not None:
            call.key = await _key(call.services, authorization)
        response: HTTPResponse = await call.route.handler(call)
        finish_links(response, call.services.storage.url, tagged=call.shared)
        if call.shared and response.status == 200:
            return responses.revalidated(response, call.headers, authorization is None)
        return response


async def _key(services: Services, authorization: str) -> Any:
    """The caller's key: the token's subject as the type that the actor's table has."""
    subject = await services.tokens.subject(authorization)
    source = services.application.actor
    key = None if source is None or subject is None else parse_path(source.key_type, subject)
    if key is None:
        raise invalid_token(UNKNOWN_CALLER)
    return key


def _read(parameters: Iterable[tuple[str, str]], raw: Mapping[str, str]) -> dict[str, Any]:
    """The path's parameters as values. A text that can name nothing is a 404."""
    values: dict[str, Any] = {}
    for (name, kind), text in zip(parameters, raw.values(), strict=True):
        try:
            value = parse_path(kind, percent.decoded(text))
        except ValueError:
            value = None
        if value is None:
            raise not_found()
        values[name] = value
    return values


# --- paths ------------------------------------------------------------------------------------


def shape_of(path: str) -> str:
    """The path with its parameters numbered, in the router's own notation: `/a/<p0>/b`. No slash at the end."""
    numbers = iter(range(path.count("{")))
    return _PARAMETER.sub(lambda found: f"<p{next(numbers)}{found[2] or ''}>", path).rstrip("/")


def parameters_of(route: Route) -> tuple[tuple[str, str], ...]:
    """The names of a path's parameters, in order, with their field types."""
    return tuple((name, route.parameters.get(name, "string")) for name, _ in _PARAMETER.findall(route.path))


def endpoints_of(
    routes: Iterable[Route], deadlines: Deadlines, origins: tuple[str, ...], *, development: bool
) -> dict[str, Endpoint]:
    """The endpoints by the shape of their paths."""
    grouped: dict[str, dict[str, Route]] = {}
    for route in routes:
        offered = grouped.setdefault(shape_of(route.path), {})
        if route.method in offered:
            raise ValueError(f"{route.method} {route.path} is both {offered[route.method].name} and {route.name}")
        offered[route.method] = route
    return {
        shape: Endpoint(
            routes=offered,
            parameters={method: parameters_of(route) for method, route in offered.items()},
            deadlines=deadlines,
            origins=origins,
            development=development,
        )
        for shape, offered in grouped.items()
    }
