"""What a set of specs said: frozen values, complete, without behaviour.

`resolve.py` makes these from YAML nodes with every default filled in and every name looked up as far as that is
possible without judging it. Names stay names (strings): a wrong one is found by `rules.py`, which can then point at
its place. Nothing here knows YAML, SQL or HTTP.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from generator.expressions import Expression


OnDelete = Literal["cascade", "set_null", "restrict"]
ActionKind = Literal["list", "retrieve", "create", "update", "delete", "transition", "action"]
Mount = Literal["collection", "item", "parent"]


@dataclass(frozen=True, slots=True)
class Place:
    """Where something was said: 1-based line and column of its first character, and its length on that line.

    Of a text over several lines `lines` says where these stand, each with the number of its first character in it.
    """

    file: str
    line: int
    column: int
    length: int = 1
    lines: tuple[tuple[int, Place], ...] = field(default=(), compare=False, repr=False)

    def short(self) -> str:
        """`book.yaml:31`, as it appears in generated headers and in `x-spec-source`."""
        return f"{self.file.rsplit('/', 1)[-1]}:{self.line}"


@dataclass(frozen=True, slots=True)
class Field:
    """One stored value of a resource, one value of an input, or one member of an object.

    `type` is a key of `runtime.fieldtypes.FIELD_TYPES`. Limits that a type does not have are None. Decimal limits and
    defaults stay text; `default` is a plain JSON value, `has_default` tells an absent one from null.

    Two forms are only found among the members of an answer: a record, of type `record`, which `record` says how to
    show (`Book.full`); and a state of the record, `before` or `after` a transition, which is an enum.
    """

    name: str
    type: str
    place: Place
    description: str = ""
    required: bool = False
    nullable: bool = False
    has_default: bool = False
    default: object = None
    unique: bool = False
    unique_code: str | None = None
    index: bool = False
    immutable: bool = False
    sensitive: bool = False
    deprecated: bool = False
    renamed_from: str | None = None
    min: str | int | None = None
    max: str | int | None = None
    min_length: int | None = None
    max_length: int | None = None
    min_items: int | None = None
    max_items: int | None = None
    unique_by: str | None = None
    pattern: str | None = None
    trim: bool = False
    places: int | None = None
    enum: str | None = None
    values: tuple[str, ...] = ()
    slug_from: str | None = None
    slug_suffix: bool = False
    object: str | None = None
    const: Any = None
    has_const: bool = False
    examples: tuple[Any, ...] = ()
    record: str | None = None
    state: str | None = None


@dataclass(frozen=True, slots=True)
class BelongsTo:
    """A column that points at one row of `target`. In models and SQL the column is `<name>_id`."""

    name: str
    target: str
    inverse: str
    place: Place
    on_delete: OnDelete = "restrict"
    nullable: bool = False
    required: bool = False
    set_to_actor: bool = False
    acyclic: bool = False
    renamed_from: str | None = None
    description: str = ""


@dataclass(frozen=True, slots=True)
class HasMany:
    """The other end of a BelongsTo of `target` named `inverse`. Implicit ones carry the BelongsTo's place."""

    name: str
    target: str
    inverse: str
    place: Place
    sort: tuple[str, ...] = ()
    implicit: bool = False


@dataclass(frozen=True, slots=True)
class Computed:
    """A value derived from the record (and the actor) by an expression."""

    name: str
    expression: Expression
    place: Place


@dataclass(frozen=True, slots=True)
class Aggregate:
    """A value derived from related rows.

    `path` is the dotted way over relations (`reviews`, `books.reviews`, `author.books`), `value` the field or computed
    number that sum and avg read, or the field that a `first` shows instead of the record. In `where`, names are the far
    resource's; `record` is the row that has the aggregate.
    """

    name: str
    function: Literal["count", "sum", "avg", "exists", "first"]
    path: tuple[str, ...]
    place: Place
    value: str | None = None
    where: Expression | None = None
    places: int | None = None
    default: int | None = None
    sort: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Invariant:
    """What must hold of every row: a CHECK in the database and a check of the merged record before writing."""

    name: str
    check: Expression
    on: str
    message: str
    place: Place


@dataclass(frozen=True, slots=True)
class Identity:
    """Columns (fields or belongs_to names) that are unique together, among the rows where `where` holds."""

    name: str
    fields: tuple[str, ...]
    place: Place
    where: Expression | None = None
    error: str | None = None
    message: str | None = None


@dataclass(frozen=True, slots=True)
class Index:
    """An index over columns in the given order; `descending` runs parallel to `fields`."""

    fields: tuple[str, ...]
    descending: tuple[bool, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class Policy:
    """A named condition on actor and record."""

    name: str
    expression: Expression
    place: Place
    hide: bool = False  # on_deny: hide → 404 instead of 403


@dataclass(frozen=True, slots=True)
class Guard:
    """What must hold of a record for something to be done with it now; 409 with `error` otherwise."""

    name: str
    check: Expression
    error: str
    message: str
    place: Place


@dataclass(frozen=True, slots=True)
class Attachment:
    """What the `file` field called `name` holds: pictures of these kinds within these limits.

    `folder` is where their objects go, `{holder}` at its end the key of the record that the name in braces means: `id`
    the record itself, else the target of that belongs_to. The other names are columns that are set with the file.
    """

    name: str
    accept: tuple[str, ...]
    max_bytes: int
    max_pixels: int
    folder: str
    holder: str | None
    place: Place
    original_name: str | None = None
    size: str | None = None
    media_type: str | None = None
    stored_at: str | None = None

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that are set with the file, its own among them."""
        return tuple(filter(None, (self.name, self.original_name, self.size, self.media_type, self.stored_at)))


@dataclass(frozen=True, slots=True)
class Siblings:
    """What the records with the same `of` (a belongs_to) are to each other: at most so many, one of them primary."""

    of: str
    place: Place
    most: int | None = None
    error: str | None = None
    message: str | None = None
    primary: str | None = None
    order: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FilePart:
    """A file that an action's form may bring. `into` is a `file` field of the resource, or a has_many, whose records
    are then made with `sets`. Without `most` it is one file."""

    name: str
    into: str
    place: Place
    most: int | None = None
    required: bool = False
    sets: tuple[tuple[str, object], ...] = ()
    description: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """One member of a representation.

    Exactly one form: a column, computed value or aggregate of the resource (`source` names it; `as_key` shows a file's
    key instead of a link); a relation shown in a representation of its target (`source` names the first relation,
    `path` the whole way, `shape` the representation); the record itself in another representation (`shape` with
    `is_self`); a group (`items`); an aggregate written in place (`aggregate`). A belongs_to without `shape` shows the
    id. `name` is what it is called in the answer, which need not be the name of its source.
    """

    name: str
    place: Place
    source: str | None = None
    path: tuple[str, ...] = ()
    shape: str | None = None
    where: Expression | None = None
    sort: tuple[str, ...] = ()
    limit: int | None = None
    is_self: bool = False
    items: tuple[Item, ...] = ()
    aggregate: Aggregate | None = None
    as_key: bool = False


@dataclass(frozen=True, slots=True)
class Representation:
    """What one shape of a resource shows, in order."""

    name: str
    items: tuple[Item, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class Filter:
    """A query parameter of lists. Either `where` (an expression with `value`) or `through` (a belongs_to looked up).

    `any` is the word that stands for every value: a filter that is given it narrows nothing.
    """

    name: str
    place: Place
    where: Expression | None = None
    through: str | None = None
    lookup: tuple[str, ...] = ()
    descendants: bool = False
    many: bool = False
    separator: str | None = None
    any: str | None = None
    description: str = ""


@dataclass(frozen=True, slots=True)
class Sort:
    """What `ordering` offers, and the order without it. Names may carry a leading minus in `default`."""

    fields: tuple[str, ...]
    default: tuple[str, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class Pagination:
    """Bounds of `page_size`, and whether `cursor` is offered."""

    default: int = 20
    max: int = 100
    cursor: bool = True


@dataclass(frozen=True, slots=True)
class InputItem:
    """One member of an input: a field or belongs_to of the resource (`source`), perhaps narrowed; or one of its own.

    `field` is the complete definition after narrowing (for a belongs_to: type `reference`, `enum` unused, `object` the
    target's name). `policy` limits who may send it (403 for others).
    """

    name: str
    field: Field
    place: Place
    source: str | None = None
    policy: str | None = None


@dataclass(frozen=True, slots=True)
class Input:
    """What an action takes as its body. `name` is set when it was declared once under `inputs` and used by name."""

    items: tuple[InputItem, ...]
    place: Place
    name: str | None = None


@dataclass(frozen=True, slots=True)
class Transition:
    """One way from some states to another. `takes` is what the client must send; `stamps` name datetimes (the time)
    and belongs_to of the actor's resource (the caller); `effects` are hooks."""

    name: str
    sources: tuple[str, ...]
    target: str
    by: str
    place: Place
    when: str | None = None
    takes: Input | None = None
    sets: tuple[tuple[str, object], ...] = ()
    stamps: tuple[str, ...] = ()
    effects: tuple[str, ...] = ()
    description: str = ""


@dataclass(frozen=True, slots=True)
class StateMachine:
    """The life of a resource's records: `field` holds the state, which only transitions change."""

    field: str
    initial: str
    final: tuple[str, ...]
    transitions: tuple[Transition, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class Result:
    """One success answer: a representation of the action's resource (or of another one, `of`), a named object, inline
    fields, or no body."""

    status: int
    place: Place
    representation: str | None = None
    of: str | None = None
    object: str | None = None
    fields: tuple[Field, ...] = ()


@dataclass(frozen=True, slots=True)
class DeclaredError:
    """An error that a hook may raise; `fields` are the members it adds to the problem document."""

    code: str
    status: int
    message: str
    place: Place
    fields: tuple[Field, ...] = ()


@dataclass(frozen=True, slots=True)
class Action:
    """One operation of the API.

    `name` is unique in its resource and is the hook's function name for kind `action`. `methods` are upper case; an
    update has PATCH and PUT unless said otherwise. `path` is what was said (relative to collection, item or parent;
    absolute with a leading slash); `url` is the whole path with `{parameters}` and a trailing slash.
    `parameters` name the path parameters in order. `of` is the has_many that a list on an item lists.
    `storage` says that it works on stored files, `storage_off` what a retrieve answers where there are none.
    `transition` is the one that an action of that kind makes, None where the body says the state; `moves` are those
    that a hook makes. `when` is a guard, `effect` a hook that goes with a write.
    """

    name: str
    kind: ActionKind
    on: Mount
    methods: tuple[str, ...]
    url: str
    parameters: tuple[PathParameter, ...]
    policy: str
    place: Place
    summary: str = ""
    description: str = ""
    of: str | None = None
    scope: Expression | None = None
    input: Input | None = None
    form: bool = False
    returns: tuple[Result, ...] = ()
    responds: Mapping[str, object] | None = None
    errors: tuple[DeclaredError, ...] = ()
    tracks: str | None = None
    soft: tuple[tuple[str, object], ...] = ()
    location: bool = True
    transaction: bool = True
    idempotency: bool = False
    deprecated: bool = False
    when: str | None = None
    effect: str | None = None
    transition: str | None = None
    moves: tuple[str, ...] = ()
    files: tuple[FilePart, ...] = ()
    storage: bool = False
    storage_off: Mapping[str, object] | None = None


@dataclass(frozen=True, slots=True)
class PathParameter:
    """One `{name}` of a URL: it looks a row of `resource` up by `field`."""

    name: str
    resource: str
    field: str


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happens to a record and is counted in the background.

    `counts` are counters of the resource, or of a has_many (`metrics.total_views`): of all records at its other end.
    """

    name: str
    place: Place
    counts: tuple[str, ...] = ()
    unless: Expression | None = None
    description: str = ""


@dataclass(frozen=True, slots=True)
class Metric:
    """A stored number, the field `name`, that must equal an expression. Keeping it so is the duty of who writes."""

    name: str
    expression: Expression
    place: Place


@dataclass(frozen=True, slots=True)
class Seeds:
    """Demo data: rows written in the spec, a hook that makes them, or both (rows first)."""

    place: Place
    rows: tuple[Mapping[str, object], ...] = ()
    hook: str | None = None


@dataclass(frozen=True, slots=True)
class Resource:
    """One spec file. `stem` is the file's name without suffix, used for every generated module; `table` likewise.

    `accompanies` is the belongs_to whose target has one record of this resource each, made by the database.
    """

    name: str
    stem: str
    table: str
    place: Place
    description: str
    path: str | None
    lookup: str
    parent: str | None
    fields: tuple[Field, ...]
    belongs_to: tuple[BelongsTo, ...]
    has_many: tuple[HasMany, ...]
    computed: tuple[Computed, ...]
    aggregates: tuple[Aggregate, ...]
    invariants: tuple[Invariant, ...]
    identities: tuple[Identity, ...]
    indexes: tuple[Index, ...]
    policies: tuple[Policy, ...]
    visible: Expression | None
    representations: tuple[Representation, ...]
    inputs: tuple[Input, ...]
    filters: tuple[Filter, ...]
    search: tuple[str, ...]
    sort: Sort
    pagination: Pagination
    actions: tuple[Action, ...]
    events: tuple[Event, ...]
    objects: Mapping[str, tuple[Field, ...]]
    seeds: Seeds | None
    renamed_from: str | None = None
    singleton: str | None = None
    guards: tuple[Guard, ...] = ()
    machine: StateMachine | None = None
    accompanies: str | None = None
    metrics: tuple[Metric, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    siblings: Siblings | None = None


@dataclass(frozen=True, slots=True)
class Api:
    """What is said once for the API as a whole; `contact` and `license` as its document says them."""

    title: str
    version: str
    description: str
    base: str
    place: Place
    contact: Mapping[str, str] = field(default_factory=dict)
    license: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ActorSpec:
    """Which resource the caller is a row of, and which boolean field of it must be true."""

    resource: str
    active: str | None
    place: Place


@dataclass(frozen=True, slots=True)
class Enum:
    """A named set of values that several fields share."""

    name: str
    values: tuple[str, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class Model:
    """Everything the specs said. Resources are sorted by stem."""

    api: Api
    actor: ActorSpec | None
    resources: tuple[Resource, ...]
    policies: tuple[Policy, ...]
    enums: tuple[Enum, ...]
    objects: Mapping[str, tuple[Field, ...]]
    by_name: Mapping[str, Resource] = field(default_factory=dict)
