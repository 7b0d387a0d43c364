"""What generated code tells the runtime: one frozen description of an API, without behaviour and without HTTP."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

Method = Literal["GET", "POST", "PUT", "PATCH", "DELETE"]
# Takes a runtime.call.Call and answers with a response. Spelled without those types, because what rules are made of
# (this module is imported by runtime.auth.policy and runtime.reads) must not lead to the HTTP server.
Handler = Callable[[Any], Awaitable[Any]]
# A hook that goes with a write or a transition: takes the context, the record, and of a transition a
# runtime.machines.Moved.
EffectHook = Callable[..., Awaitable[None]]

DEFAULT_BODY_LIMIT = 1_000_000


@dataclass(frozen=True, slots=True)
class Sql:
    """The same statement or expression in both dialects. Parameters are written `$name`."""

    postgres: str
    sqlite: str

    @classmethod
    def same(cls, text: str) -> Sql:
        """One text that both dialects understand."""
        return cls(text, text)

    def of(self, dialect: str) -> str:
        """The text for `postgres` or `sqlite`."""
        return self.postgres if dialect == "postgres" else self.sqlite


@dataclass(frozen=True, slots=True)
class Route:
    """One operation: where it is, what answers it, and how large a body it takes.

    `path` has `{parameters}`, and may end with one that spans slashes (`{name:path}`); `parameters` gives the field
    type of those that are not plain strings. A value that its type cannot read is a 404. With `form` a body may also be
    a form. With `idempotency` a success is kept under the key that a client sends, and given again when the request
    comes again.
    """

    method: Method
    path: str
    name: str
    handler: Handler
    parameters: Mapping[str, str] = field(default_factory=dict)
    form: bool = False
    idempotency: bool = False
    body_limit: int = DEFAULT_BODY_LIMIT
    spec: str = ""


@dataclass(slots=True)
class Routes:
    """Collects the routes of one resource, in the order in which they are written."""

    name: str
    routes: list[Route] = field(default_factory=list)

    def get(self, path: str, name: str, **more: Any) -> Callable[[Handler], Handler]:
        """Register a GET; HEAD and OPTIONS come with it."""
        return self._register("GET", path, name, more)

    def post(self, path: str, name: str, **more: Any) -> Callable[[Handler], Handler]:
        """Register a POST."""
        return self._register("POST", path, name, more)

    def put(self, path: str, name: str, **more: Any) -> Callable[[Handler], Handler]:
        """Register a PUT."""
        return self._register("PUT", path, name, more)

    def patch(self, path: str, name: str, **more: Any) -> Callable[[Handler], Handler]:
        """Register a PATCH."""
        return self._register("PATCH", path, name, more)

    def delete(self, path: str, name: str, **more: Any) -> Callable[[Handler], Handler]:
        """Register a DELETE."""
        return self._register("DELETE", path, name, more)

    def _register(self, method: Method, path: str, name: str, more: dict[str, Any]) -> Callable[[Handler], Handler]:
        def register(handler: Handler) -> Handler:
            self.routes.append(Route(method, path, name, handler, **more))
            return handler

        return register


@dataclass(frozen=True, slots=True)
class Policy:
    """Who may. `check` is the part that needs no record; the part about a record is SQL (`allowed` of a read).

    `needs_actor` tells that no anonymous caller can ever pass; `hide` answers 404 instead of 403.
    """

    name: str
    needs_actor: bool = False
    check: Callable[[Any], bool] | None = None
    hide: bool = False


@dataclass(frozen=True, slots=True)
class ActorSource:
    """Where the caller is found: the row of `table` whose `key` is the token's subject.

    `active` is a boolean column that must hold. `fields` are the columns that `make` is called with, by name; `types`
    gives the field types of those that a database stores in another form than Python's, `places` of decimals.
    """

    table: str
    key: str
    key_type: str
    active: str | None
    fields: tuple[str, ...]
    make: Callable[..., Any]
    types: Mapping[str, str] = field(default_factory=dict)
    places: Mapping[str, int] = field(default_factory=dict)
    names: str | None = None  # the unique column that `agora token NAME` looks up


@dataclass(frozen=True, slots=True)
class Constraint:
    """What the answer says when the database refuses a row. `on` names the members of the input it is about.

    A `partial` one holds for some of the rows only.
    """

    name: str
    kind: Literal["unique", "check", "foreign"]
    table: str
    columns: tuple[str, ...]
    on: tuple[str, ...] = ()
    code: str | None = None
    message: str | None = None
    partial: bool = False


@dataclass(frozen=True, slots=True)
class Raised:
    """Counters that an event raises: `columns` of the rows of `table` whose `by` is the key of the event's row.

    The columns `stamps` of these rows are set to the time of the write.
    """

    table: str
    by: str
    columns: tuple[str, ...]
    stamps: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class EventCount:
    """An event that is counted in the background: it happens to the row `key` of `table`.

    `unless` is a condition on that row (alias `t`) and `$actor_id` under which the event does not count.
    """

    name: str
    table: str
    key: str
    raises: tuple[Raised, ...] = ()
    unless: Sql | None = None


@dataclass(frozen=True, slots=True)
class Metric:
    """A stored number that can be calculated: `column` of every row `t` of `table` must equal `value`.

    `value` is SQL over `t`; like the column it has its `places` as a whole number.
    """

    table: str
    key: str
    key_type: str
    column: str
    value: Sql
    places: int = 0


@dataclass(frozen=True, slots=True)
class Attachment:
    """What the file column `column` of `table` holds: the key of an object in the storage.

    The key begins with `prefix`, then comes with `by_holder` the key of the record that has the files, then a random
    name. `accept`, `max_bytes` and `max_pixels` say which pictures are taken. The last four are columns that are set
    with it.
    """

    table: str
    key: str
    column: str
    prefix: str
    nullable: bool
    by_holder: bool = False
    accept: tuple[str, ...] = ()
    max_bytes: int = 0
    max_pixels: int = 0
    original_name: str | None = None
    size: str | None = None
    media_type: str | None = None
    stored_at: str | None = None


@dataclass(frozen=True, slots=True)
class Siblings:
    """The rows of `table` with one value of the column `of`, a key of `parent`.

    There are `most` of them (409 with `code` otherwise), and the boolean `primary` is true of one: of the next in
    `order` (columns, and whether they descend) when that goes.
    """

    table: str
    key: str
    of: str
    parent: str
    parent_key: str
    most: int | None = None
    code: str | None = None
    message: str | None = None
    primary: str | None = None
    order: tuple[tuple[str, bool], ...] = ()


@dataclass(frozen=True, slots=True)
class Seed:
    """Demo data of one resource: rows as written in the spec, then a function `async def (SeedContext)`.

    Seeds run in the order given. In a row, a reference is written as the other row's key or as a mapping of the
    columns that find it.
    """

    name: str
    model: str | None = None  # "module:Class" of the rows' model
    rows: tuple[Mapping[str, object], ...] = ()
    make: Callable[[Any], Awaitable[None]] | None = None


@dataclass(frozen=True, slots=True)
class Application:
    """Everything the runtime has to know of one API. `machines` (runtime.machines.Machine) are by table, `effects` of
    their transitions by "resource.function"."""

    title: str
    version: str
    base: str
    models: tuple[str, ...]
    routes: tuple[Route, ...]
    actor: ActorSource | None = None
    constraints: Mapping[str, Constraint] = field(default_factory=dict)
    events: Mapping[str, EventCount] = field(default_factory=dict)
    machines: Mapping[str, Any] = field(default_factory=dict)
    effects: Mapping[str, EffectHook] = field(default_factory=dict)
    attachments: tuple[Attachment, ...] = ()
    siblings: Mapping[str, Siblings] = field(default_factory=dict)  # by table
    metrics: tuple[Metric, ...] = ()  # each after those that it is made from
    seeds: tuple[Seed, ...] = ()
    package: str = "generated"
