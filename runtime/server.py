"""Assembles the server of an API: its endpoints, what opens and closes with it, and the answers to broken requests."""

from __future__ import annotations

import gc
from typing import Any

from sanic import Sanic
from sanic.exceptions import (
    ExpectationFailed,
    MethodNotAllowed,
    NotFound,
    PayloadTooLarge,
    RequestCancelled,
    RequestTimeout,
    SanicException,
    ServiceUnavailable,
)
from sanic.handlers import ErrorHandler
from sanic.request import Request
from sanic.response import HTTPResponse

from runtime.application import Application
from runtime.calls.services import Services
from runtime.errors import Problem, malformed, method_not_allowed, not_found, problem, unavailable
from runtime.http import files, responses
from runtime.http.endpoints import CLIENT_GONE, METHODS, Endpoint, endpoints_of
from runtime.http.logs import log_request
from runtime.http.protocol import DISCARDED, Deadlines, leave_body
from runtime.http.system_routes import routes_of
from runtime.settings import Settings

HEADER_LIMIT = 16_384
GRACEFUL_SECONDS = 8  # the manager of several workers gives up at 10


def create_app(application: Application, settings: Settings, deadlines: Deadlines | None = None) -> Sanic[Any, Any]:
    """The server of `application`, ready to be run. Nothing is opened before it starts."""
    deadlines = deadlines or Deadlines()
    app: Sanic[Any, Any] = Sanic("agora", configure_logging=False, error_handler=BrokenRequests(settings))
    app.config.update(
        ACCESS_LOG=False,
        AUTO_EXTEND=False,
        FALLBACK_ERROR_FORMAT="json",
        GRACEFUL_SHUTDOWN_TIMEOUT=GRACEFUL_SECONDS,
        KEEP_ALIVE_TIMEOUT=deadlines.idle,
        MOTD=False,
        REQUEST_MAX_HEADER_SIZE=HEADER_LIMIT,
        REQUEST_MAX_SIZE=DISCARDED,
        REQUEST_TIMEOUT=deadlines.header,
        RESPONSE_TIMEOUT=deadlines.answer,
    )
    endpoints = endpoints_of(
        (*application.routes, *routes_of(application), *files.routes_of(settings)),
        deadlines,
        settings.cors_origins,
        development=not settings.production,
    )
    for number, (shape, endpoint) in enumerate(endpoints.items()):
        _add(app, shape, endpoint, f"endpoint_{number}")
    _attach(app, application, settings, list(endpoints.values()))
    return app


def _add(app: Sanic[Any, Any], shape: str, endpoint: Endpoint, name: str) -> None:
    async def answer(request: Request, **raw: str) -> HTTPResponse:
        return await endpoint.answer(request, **raw)

    # As a stream: the body is read by whoever wants it, within the limit of the operation. One router entry for all
    # methods: 405 and OPTIONS are answered by the endpoint, which knows what is offered.
    app.add_route(answer, shape or "/", methods=METHODS, name=name, stream=True)
    app.ctx.endpoints = {**getattr(app.ctx, "endpoints", {}), f"agora.{name}": endpoint}


def _attach(app: Sanic[Any, Any], application: Application, settings: Settings, endpoints: list[Endpoint]) -> None:
    async def start(_: Any) -> None:
        services = await Services.open(application, settings)
        app.ctx.services = services
        for endpoint in endpoints:
            endpoint.services = services
        # What is there now lives as long as the process: without this, looking it all through for garbage again and
        # again holds requests up for tens of milliseconds.
        gc.collect()
        gc.freeze()

    async def stop(_: Any) -> None:
        services: Services | None = getattr(app.ctx, "services", None)
        if services is not None:
            await services.close()

    app.register_listener(start, "before_server_start")
    app.register_listener(stop, "after_server_stop")


# --- what never reaches an endpoint -----------------------------------------------------------


class BrokenRequests(ErrorHandler):
    """Answers requests that could not be read, routed or finished in time."""

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self._origins = settings.cors_origins

    def response(self, request: Request | None, exception: Exception) -> HTTPResponse:
        """The problem document for an error outside every endpoint."""
        headers: Any = request.headers if request else {}
        request_id = responses.request_id_of(headers)
        found = _problem(request, exception) or responses.problem_for(exception, request_id)
        response = responses.problem_response(found)
        if request is not None:
            leave_body(request)
        if request is None or request.route is None:  # else its endpoint has logged it
            log_request(request_id, request.method if request else "", None, found.status, 0.0, None)
        return responses.finish(response, request_id, headers, self._origins)


def _problem(request: Request | None, error: Exception) -> Problem | None:
    """What an error of the server's own is to the client; None for one that nobody foresaw."""
    if isinstance(error, MethodNotAllowed):
        return _method_not_allowed(request)
    for kind, made in KNOWN:
        if isinstance(error, kind):
            return made
    if isinstance(error, SanicException) and 400 <= error.status_code < 500:
        return malformed("The request cannot be read.")
    return None


def _method_not_allowed(request: Request | None) -> Problem:
    """The router knows one entry for all usual methods; what is really offered, its endpoint knows."""
    if request is None:
        return method_not_allowed(METHODS)
    route, _, _ = request.app.router.get(request.path, "GET", None)
    endpoint: Endpoint = request.app.ctx.endpoints[route.name]
    return method_not_allowed(endpoint.allow)


KNOWN: tuple[tuple[type[BaseException], Problem], ...] = (
    (NotFound, not_found()),
    (PayloadTooLarge, problem("PAYLOAD_TOO_LARGE", "The request's headers or body are too large.")),
    (ExpectationFailed, problem("EXPECTATION_FAILED", "Only 100-continue may be expected.")),
    (RequestTimeout, problem("REQUEST_TIMEOUT", "The request did not arrive in time.")),
    (RequestCancelled, Problem(CLIENT_GONE, "CLIENT_GONE", "The client went away.", title="The client went away")),
    (ServiceUnavailable, unavailable("The request took too long.")),
)
