"""The tiny API's inputs, reads, routes and hooks."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sanic.response import HTTPResponse

from runtime.application import ActorSource, Application, Constraint, EventCount, Policy, Routes, Sql
from runtime.auth.actor import BaseActor
from runtime.call import ACTOR, Call, Invariant, Slug
from runtime.context import Context
from runtime.errors import Problem
from runtime.fieldtypes import FIELD_TYPES, Bounds
from runtime.inputs import UNSET, InputField, InputType, Reference, Unset
from runtime.inputs.form_input import read_form_stream
from runtime.inputs.uploads import FileRule, close_all
from runtime.reads import Bind, Filter, ItemRead, ListRead, RecordRead, SortKey
from tests.runtime.tiny.models import Note, Person


@dataclass(frozen=True, slots=True)
class Actor(BaseActor):
    """The caller, with what policies read."""

    role: str


def schema_of(fields: tuple[InputField, ...], *, partial: bool = False) -> dict[str, Any]:
    """The schema that the compiler would have written."""
    properties: dict[str, Any] = {}
    for each in fields:
        piece = FIELD_TYPES[each.value_type].schema(each.limits, input=True)
        if each.nullable:
            types = [piece["type"]] if isinstance(piece["type"], str) else list(piece["type"])
            piece = piece | {"type": [*types, "null"]}
        properties[each.name] = piece
    required = [] if partial else [each.name for each in fields if each.required]
    return {"type": "object", "properties": properties, "required": required, "additionalProperties": False}


PUBLIC = Policy("public")
SIGNED_IN = Policy("authenticated", needs_actor=True)
OWNER = Policy("owner", needs_actor=True)
ADMIN = Policy("admin", needs_actor=True, check=lambda actor: actor is not None and actor.role == "admin")
HIDDEN = Policy("hidden", needs_actor=True, check=lambda actor: actor.role == "admin", hide=True)

VISIBLE = Sql.same('t."is_active" OR t."owner_id" = $actor_id')

NOTE_FIELDS = (
    InputField(name="title", type="string", limits=Bounds(min_length=1, max_length=50, trim=True), required=True),
    InputField(name="price", type="money", limits=Bounds(min="0.01", max="9999.99"), required=True),
    InputField(name="original_price", type="money", limits=Bounds(min="0.01", max="9999.99"), nullable=True),
    InputField(name="pinned", type="boolean", policy=ADMIN),
    InputField(
        name="parent",
        attribute="parent_id",
        type="reference",
        nullable=True,
        reference=Reference(table="note", key="id", key_type="id", visible=VISIBLE, acyclic="parent_id"),
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteInput:
    """A whole note."""

    title: str
    price: Decimal
    original_price: Decimal | None = None
    pinned: bool | Unset = UNSET
    parent_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NotePatch:
    """What of a note changes."""

    title: str | Unset = UNSET
    price: Decimal | Unset = UNSET
    original_price: Decimal | Unset | None = UNSET
    pinned: bool | Unset = UNSET
    parent_id: int | Unset | None = UNSET


@dataclass(frozen=True, slots=True, kw_only=True)
class SignIn:
    """Credentials."""

    username: str
    password: str


@dataclass(frozen=True, slots=True)
class Tokens:
    """The answer to a sign-in."""

    access: str
    expires_in: int


@dataclass(frozen=True, slots=True)
class Done200:
    """An answer of the action."""

    done: bool
    amount: Decimal


CREATE = InputType("note.create", NoteInput, NOTE_FIELDS, schema_of(NOTE_FIELDS))
UPDATE = InputType("note.update", NotePatch, NOTE_FIELDS, schema_of(NOTE_FIELDS, partial=True))
REPLACE = InputType("note.replace", NoteInput, NOTE_FIELDS, schema_of(NOTE_FIELDS))
ACCOUNT_FIELDS = (
    InputField(name="username", type="string", limits=Bounds(min_length=1, max_length=20), required=True),
    InputField(name="password", type="password", limits=Bounds(min_length=1, max_length=200), required=True),
)
REGISTER = InputType("person.register", SignIn, ACCOUNT_FIELDS, schema_of(ACCOUNT_FIELDS))
SIGN_IN_FIELDS = (
    ACCOUNT_FIELDS[0],
    InputField(name="password", type="string", limits=Bounds(min_length=1, max_length=200), required=True),
)
SIGN_IN = InputType("person.token", SignIn, SIGN_IN_FIELDS, schema_of(SIGN_IN_FIELDS))

PHOTO = {"photo": FileRule(2_000_000, None)}

BODY = Sql.same(
    """'{"id":' || t."id" || ',"title":' || json_quote(t."title") || ',"slug":' || json_quote(t."slug")"""
    """ || ',"price":"' || printf('%d.%02d', t."price" / 100, t."price" % 100) || '","mine":'"""
    """ || CASE WHEN t."owner_id" = $actor_id THEN 'true' ELSE 'false' END"""
    """ || ',"file":' || char(31) || 'key' || char(31) || '}'"""
)
PERSON_BODY = Sql.same("""'{"id":' || t."id" || ',"username":' || json_quote(t."username") || '}'""")
BY_SLUG = Sql.same(f't."slug" = $slug AND ({VISIBLE.sqlite})')
OWNED = Sql.same('t."owner_id" = $actor_id')
COLUMNS = tuple(Note._meta.fields_map)

LIST = ListRead(
    "note.list",
    "note",
    "id",
    "id",
    BODY,
    where=Sql.same('t."is_active"'),
    filters=(Filter("max_price", Sql.same('t."price" <= $max_price'), (Bind("max_price", "money"),)),),
    sorts=(SortKey("price", Sql.same('t."price"'), "integer"),),
    public=True,
)
MINE = ListRead("note.mine", "note", "id", "id", BODY, where=OWNED)
RETRIEVE = ItemRead("note.retrieve", "note", "id", BODY, BY_SLUG, public=True)
SECRET = ItemRead("note.secret", "note", "id", BODY, BY_SLUG, allowed=OWNED)
RESULT = ItemRead("note.result", "note", "id", BODY, Sql.same('t."id" = $key'))
PERSON = ItemRead("person.result", "person", "id", PERSON_BODY, Sql.same('t."id" = $key'))
BY_ID = ItemRead("person.retrieve", "person", "id", PERSON_BODY, Sql.same('t."id" = $person_id'))
RECORD = RecordRead("note.record", "note", "id", COLUMNS, BY_SLUG, allowed=OWNED)
SEEN = RecordRead("note.seen", "note", "id", ("id",), BY_SLUG)
INVARIANTS = (
    Invariant(
        "original_above_price",
        lambda note: note.original_price is None or note.original_price > note.price,
        "original_price",
        "original_price must be higher than price.",
    ),
)

routes = Routes("note")


@routes.get("/api/notes/", "note.list")
async def list_(call: Call) -> HTTPResponse:
    """All notes."""
    return await call.list(LIST, PUBLIC, tracks="note.listing")


@routes.get("/api/notes/mine/", "note.mine")
async def mine(call: Call) -> HTTPResponse:
    """The caller's notes."""
    return await call.list(MINE, SIGNED_IN)


@routes.post("/api/notes/", "note.create", form=True, body_limit=20_000)
async def create(call: Call) -> HTTPResponse:
    """Write one."""
    return await call.create(
        Note,
        CREATE,
        SIGNED_IN,
        sets={"owner_id": ACTOR},
        returns=RESULT,
        location="/api/notes/{record.slug}/",
        invariants=INVARIANTS,
        slugs=(Slug("slug", "title"),),
    )


@routes.post("/api/photos/", "photo.create", form=True, body_limit=20_000)
async def photo(call: Call) -> HTTPResponse:
    """Take a photo and say how large it is."""
    stream, content_type = call.stream(10_000_000), call.headers.get("content-type", "")
    _, _, uploads = await read_form_stream(stream, content_type, {}, PHOTO, call.route.body_limit)
    close_all(uploads["photo"])
    return HTTPResponse(b"%d" % uploads["photo"][0].size, 200, None, "application/json")


@routes.get("/api/notes/{slug}/", "note.retrieve")
async def retrieve(call: Call) -> HTTPResponse:
    """One note."""
    return await call.retrieve(RETRIEVE, PUBLIC, tracks="note.view")


@routes.get("/api/notes/{slug}/secret/", "note.secret")
async def secret(call: Call) -> HTTPResponse:
    """One note, for its owner."""
    return await call.retrieve(SECRET, OWNER)


@routes.patch("/api/notes/{slug}/", "note.update", form=True)
async def update(call: Call) -> HTTPResponse:
    """Change one."""
    return await call.update(Note, UPDATE, OWNER, record=RECORD, returns=RESULT, invariants=INVARIANTS)


@routes.put("/api/notes/{slug}/", "note.replace")
async def replace(call: Call) -> HTTPResponse:
    """Replace one."""
    return await call.update(Note, REPLACE, OWNER, record=RECORD, returns=RESULT, invariants=INVARIANTS)


@routes.delete("/api/notes/{slug}/", "note.delete")
async def delete(call: Call) -> HTTPResponse:
    """Hide one."""
    return await call.delete(Note, OWNER, record=RECORD, soft={"is_active": False})


@routes.delete("/api/notes/{slug}/really/", "note.destroy")
async def destroy(call: Call) -> HTTPResponse:
    """Delete one."""
    return await call.delete(Note, OWNER, record=RECORD)


@routes.post("/api/notes/{slug}/seen/", "note.seen")
async def seen(call: Call) -> HTTPResponse:
    """Take note of it."""
    return await call.acknowledge(SEEN, PUBLIC, {"seen": True}, tracks="note.seen")


@routes.post("/api/notes/{slug}/act/", "note.act")
async def act(call: Call) -> HTTPResponse:
    """Run a hook on one."""
    await call.authorize(OWNER)

    async def work(ctx: Context[Actor]) -> Done200:
        note = await ctx.record(Note, RECORD)
        if note.title == "refuse":
            raise Problem(409, "REFUSED", "The note says so.", members={"why": "title"})
        if note.title == "undeclared":
            raise Problem(409, "NEVER_HEARD", "Nobody declared this.")
        if note.title in ("slow", "too slow"):
            await asyncio.sleep(2 if note.title == "slow" else 6)
        note.title = "acted"
        await note.save(using_db=ctx.db, update_fields=["title"])
        ctx.track("note.acted", note.id)
        if note.price == Decimal("666.00"):
            raise ValueError("a fault of the program")
        return Done200(done=True, amount=note.price)

    return await call.action(work, statuses={Done200: 200}, errors=frozenset({"REFUSED"}))


@routes.post("/api/token/", "person.token")
async def token(call: Call) -> HTTPResponse:
    """Sign in."""
    await call.authorize(PUBLIC)
    body = await call.body(SIGN_IN)

    async def work(ctx: Context[Actor]) -> Tokens:
        async def find(inner: Context[Actor]) -> Person | None:
            return await Person.get_or_none(username=body.username, using_db=inner.db)

        person = await ctx.transaction(find)
        if not await ctx.passwords.check(person.password if person else None, body.password):
            raise Problem(401, "INVALID_CREDENTIALS", "Wrong.", headers={"WWW-Authenticate": "Bearer"})
        assert person is not None
        return Tokens(ctx.tokens.access(person.id), ctx.tokens.access_seconds)

    errors = frozenset({"INVALID_CREDENTIALS"})
    return await call.action(work, statuses={Tokens: 200}, errors=errors, transaction=False)


@routes.post("/api/people/", "person.register")
async def register(call: Call) -> HTTPResponse:
    """Open an account."""
    return await call.create(Person, REGISTER, PUBLIC, returns=PERSON)


@routes.get("/api/people/{person_id}/", "person.retrieve", parameters={"person_id": "id"})
async def person(call: Call) -> HTTPResponse:
    """One person."""
    return await call.retrieve(BY_ID, PUBLIC)


@routes.get("/api/admin/", "admin")
async def admin(call: Call) -> HTTPResponse:
    """For admins."""
    return await call.list(MINE, ADMIN)


@routes.get("/api/hidden/", "hidden")
async def hidden(call: Call) -> HTTPResponse:
    """For admins, and unknown to others."""
    return await call.list(MINE, HIDDEN)


@routes.get("/api/broken/", "broken")
async def broken(call: Call) -> HTTPResponse:
    """A mistake of the program."""
    raise RuntimeError("secret detail")


@routes.get("/api/bare/", "bare")
async def bare(call: Call) -> HTTPResponse:
    """Nothing at all."""
    return HTTPResponse(b'{"ok":true}', 200, None, "application/json")


APPLICATION = Application(
    title="Notes",
    version="1.0.0",
    base="/api",
    models=("tests.runtime.tiny.models",),
    routes=tuple(routes.routes),
    actor=ActorSource("person", "id", "id", "is_active", ("id", "role"), Actor, names="username"),
    constraints={
        "uq_note_slug": Constraint("uq_note_slug", "unique", "note", ("slug",), ("slug",)),
        "uq_person_username": Constraint(
            "uq_person_username", "unique", "person", ("username",), ("username",), "USERNAME_TAKEN", "Taken."
        ),
        "ck_note_price": Constraint("ck_note_price", "check", "note", ("price",), ("price",), None, "Too much."),
    },
    events={
        "note.listing": EventCount("note.listing", "note", "id"),
        "note.view": EventCount("note.view", "note", "id"),
        "note.seen": EventCount("note.seen", "note", "id"),
        "note.acted": EventCount("note.acted", "note", "id"),
    },
    package="tests.runtime.tiny",
)
