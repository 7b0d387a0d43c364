"""A small model for expressions to stand in: items on shelves (within shelves), lent to people, who are the actors."""

from __future__ import annotations

from generator.expressions import ExpressionError, ExpressionFault, Scope, SqlBinding, Typed, check, parse
from generator.model import (
    ActorSpec,
    Aggregate,
    Api,
    BelongsTo,
    Computed,
    Enum,
    Field,
    HasMany,
    Model,
    Pagination,
    Place,
    Resource,
    Sort,
)

HERE = Place("spec/test.yaml", 1, 1)
STATES = ("fresh", "worn", "lost")


def said(text: str, line: int = 7, column: int = 10) -> Place:
    """The place of a plain scalar."""
    return Place("spec/item.yaml", line, column, len(text))


def field(name: str, type: str, *, nullable: bool = False, required: bool = False, places: int | None = None) -> Field:
    """A field; enums and objects are the shared ones."""
    enum, object = ("State" if type == "enum" else None), ("Details" if type == "object" else None)
    return Field(name, type, HERE, required=required, nullable=nullable, places=places, enum=enum, object=object)


def belongs_to(name: str, target: str, *, nullable: bool = False) -> BelongsTo:
    """A relation whose inverse nobody asks for."""
    return BelongsTo(name, target, f"{name}_of", HERE, nullable=nullable)


def computed(name: str, text: str) -> Computed:
    """A computed value."""
    return Computed(name, parse(text, said(text, line=100)), HERE)


def resource(name: str, *members: Field | BelongsTo | HasMany | Computed | Aggregate) -> Resource:
    """A resource that has only members."""

    def those(kind: type) -> tuple:  # type: ignore[type-arg]  # of whatever kind
        return tuple(each for each in members if isinstance(each, kind))

    return Resource(
        name=name,
        stem=name.lower(),
        table=name.lower(),
        place=HERE,
        description="",
        path=None,
        lookup="id",
        parent=None,
        fields=those(Field),
        belongs_to=those(BelongsTo),
        has_many=those(HasMany),
        computed=those(Computed),
        aggregates=those(Aggregate),
        invariants=(),
        identities=(),
        indexes=(),
        policies=(),
        visible=None,
        representations=(),
        inputs=(),
        filters=(),
        search=(),
        sort=Sort((), (), HERE),
        pagination=Pagination(),
        actions=(),
        events=(),
        objects={},
        seeds=None,
    )


ITEM = resource(
    "Item",
    field("id", "uuid"),
    field("name", "string"),
    field("note", "text", nullable=True),
    field("count", "integer"),
    field("extra", "integer", nullable=True),
    field("price", "money"),
    field("old_price", "money", nullable=True),
    field("weight", "decimal", nullable=True, places=3),
    field("state", "enum"),
    field("old_state", "enum", nullable=True),
    field("is_active", "boolean"),
    field("is_rare", "boolean", nullable=True),
    field("made_at", "created"),
    field("sold_at", "datetime", nullable=True),
    field("day", "date"),
    field("due", "date", nullable=True),
    field("code", "uuid", nullable=True),
    field("tags", "list"),
    field("hints", "list", nullable=True),
    field("extras", "object", nullable=True),
    field("details", "object"),
    field("secret", "password"),
    belongs_to("owner", "Person"),
    belongs_to("holder", "Person", nullable=True),
    belongs_to("shelf", "Shelf", nullable=True),
    belongs_to("home", "Shelf"),
    HasMany("loans", "Loan", "item", HERE),
    computed("is_cheaper", "old_price is not null and old_price > price"),
    computed("discount", "(old_price - price) * 100 // old_price if is_cheaper else 0"),
    computed("ring_a", "ring_b + 1"),
    computed("ring_b", "ring_a + 1"),
    computed("uses_ring", "ring_a + 1"),
    computed("broken", "nonsense + 1"),
    Aggregate("loan_count", "count", ("loans",), HERE),
    Aggregate("average_days", "avg", ("loans",), HERE, value="days", places=1, default=0),
    Aggregate("fees", "sum", ("loans",), HERE, value="fee"),
    Aggregate("last_loan", "first", ("loans",), HERE),
    Aggregate("last_fee", "first", ("loans",), HERE, value="fee"),
    Aggregate("last_scan", "first", ("loans",), HERE, value="scan"),
    Aggregate("dues", "sum", ("loans",), HERE, value="due"),
    Aggregate("mean_due", "avg", ("loans",), HERE, value="due", places=3, default=0),
    Aggregate("lent_by_actor", "exists", ("loans",), HERE, where=parse("by == actor", HERE)),
    Aggregate("fees_of_actor", "sum", ("loans",), HERE, value="fee", where=parse("by == actor", HERE), default=7),
    Aggregate("loans_of_no_fresh", "count", ("loans",), HERE, where=parse("by == actor and actor.role == worn", HERE)),
)
PERSON = resource(
    "Person",
    field("id", "id"),
    field("name", "string"),
    field("role", "enum"),
    field("level", "integer", nullable=True),
    field("is_banned", "boolean"),
    field("is_trusted", "boolean", nullable=True),
    field("card", "object"),
    belongs_to("desk", "Shelf", nullable=True),
    computed("may_borrow", "not is_banned"),
    HasMany("items", "Item", "owner", HERE),
    Aggregate("item_count", "count", ("items",), HERE),
)
SHELF = resource(
    "Shelf",
    field("id", "id"),
    field("name", "string"),
    field("is_open", "boolean"),
    field("size", "integer", nullable=True),
    belongs_to("parent", "Shelf", nullable=True),
    computed("is_closed", "not is_open"),
)
LOAN = resource(
    "Loan",
    field("id", "id"),
    field("days", "integer"),
    field("fee", "money"),
    field("scan", "file"),
    computed("due", "days * item.price"),
    belongs_to("item", "Item"),
    belongs_to("by", "Person"),
)
DETAILS = (
    field("label", "string", required=True),
    field("remark", "text"),
    field("state", "enum", required=True),
    field("is_new", "boolean", required=True),
    field("is_odd", "boolean"),
    field("count", "integer"),
    field("words", "list"),
)
RESOURCES = (ITEM, LOAN, PERSON, SHELF)
MODEL = Model(
    Api("", "", "", "", HERE),
    ActorSpec("Person", None, HERE),
    RESOURCES,
    (),
    (Enum("State", STATES, HERE),),
    {"Details": DETAILS},
    {each.name: each for each in RESOURCES},
)
ON_ITEM = Scope(MODEL, ITEM)
FILTER = Scope(MODEL, ITEM, value=True)
ROW = Scope.of_row(MODEL, ITEM)
SHARED = Scope(MODEL)
IN_LOANS = Scope(MODEL, LOAN, outer=ITEM)
BINDING = SqlBinding(aggregate=lambda owner, aggregate, alias: f"[{owner.name}.{aggregate.name} of {alias}]")


def typed(text: str, scope: Scope = ON_ITEM, *, condition: bool = False) -> Typed:
    """A checked expression."""
    return check(parse(text, said(text)), scope, condition=condition)


def faults(text: str, scope: Scope = ON_ITEM, *, condition: bool = False) -> list[ExpressionFault]:
    """The faults of an expression that has some."""
    try:
        typed(text, scope, condition=condition)
    except ExpressionError as error:
        return list(error.faults)
    raise AssertionError(f"no faults in {text!r}")
