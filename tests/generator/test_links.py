"""Links: each leads to an operation of the document, with what the answer really shows for what is really taken."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest

from generator.frontend import load_project
from generator.openapi.document import openapi
from generator.openapi.names import operation_ids
from tests.support.documents import inlined

ROOT = Path(__file__).parents[2]
PROJECTS = {
    "marketplace": ROOT,
    "clinic": ROOT / "tests" / "clinic",
    "library": ROOT / "tests" / "generator" / "library",
}
EXPRESSION = re.compile(r"\$(?:response\.body#(?P<shown>/.+)|request\.path\.(?P<path>.+)|request\.body#(?P<sent>/.+))")
MOST = 25

Json = dict[str, Any]


@dataclass(frozen=True)
class Link:
    """One link: `source` and `target` are operations of the document, `answer` the answer that it leads out of."""

    name: str
    source: Json
    status: str
    answer: Json
    target: Json
    said: Json


@dataclass(frozen=True)
class Api:
    """A document; its operations are asked for by resource and name in the specs, `order.update_status`."""

    document: Json
    ids: Mapping[str, str]
    operations: Mapping[str, Json]
    plain: Mapping[str, Json]  # the same with the shapes in place of their names

    def links(self, name: str, status: str = "200") -> Json:
        """The links out of an answer, their names cut to what follows the operation's own."""
        answers: Json = self.operations[self.ids[name]]["responses"]
        return dict(answers[status].get("links", {}))

    def named(self, name: str, ending: str = "") -> str:
        """What a link to an operation is called."""
        return self.ids[name] + ending

    def all(self) -> Iterator[Link]:
        """Every link."""
        for source in self.operations.values():
            for status, answer in source["responses"].items():
                for name, said in answer.get("links", {}).items():
                    yield Link(name, source, status, answer, self.operations[said["operationId"]], said)

    def at(self, schema: Json, pointer: str) -> list[Json]:
        """The schemas of what stands at a place in a value."""
        found = list(self.alternatives(schema))
        for step in pointer.removeprefix("/").split("/"):
            inner = [each["items"] if step.isdigit() else each.get("properties", {}).get(step) for each in found]
            found = [one for each in inner if each is not None for one in self.alternatives(each)]
        return [each for each in found if each.get("type") != "null"]

    def alternatives(self, schema: Json) -> Iterator[Json]:
        """What a schema stands for, in each way."""
        if "$ref" in schema:
            piece: Any = self.document
            for name in schema["$ref"].removeprefix("#/").split("/"):
                piece = piece[name]
            yield from self.alternatives(piece)
            return
        yield schema
        for each in (*schema.get("anyOf", ()), *schema.get("oneOf", ()), *schema.get("allOf", ())):
            yield from self.alternatives(each)


def loaded(root: Path) -> Api:
    model = load_project(root)
    document = openapi(model)
    return Api(document, operation_ids(model), by_id(document), by_id(inlined(document)))


def by_id(document: Json) -> Json:
    return {each["operationId"]: each for item in document["paths"].values() for each in item.values()}


@pytest.fixture(scope="module", params=sorted(PROJECTS))
def api(request: pytest.FixtureRequest) -> Api:
    return loaded(PROJECTS[request.param])


@pytest.fixture(scope="module")
def marketplace() -> Api:
    return loaded(ROOT)


@pytest.fixture(scope="module")
def clinic() -> Api:
    return loaded(PROJECTS["clinic"])


# --- any document -----------------------------------------------------------------------------


def test_each_says_where_it_leads_and_what_that_does(api: Api) -> None:
    links = list(api.all())
    assert links
    for each in links:
        assert set(each.said) <= {"operationId", "parameters", "requestBody", "description"}
        assert re.fullmatch(r"[A-Z][^\n]+\.", each.said["description"]), each.said
        assert re.fullmatch(r"[a-z][a-z0-9_]*", each.name)


def test_an_answer_has_not_more_than_one_can_overlook(api: Api) -> None:
    for each in api.operations.values():
        for status, answer in each["responses"].items():
            assert len(answer.get("links", {})) <= MOST, (each["operationId"], status)


def test_what_is_handed_over_is_there_and_is_of_the_kind_that_is_taken(api: Api) -> None:
    for each in api.all():
        for name, expression in each.said.get("parameters", {}).items():
            taken = parameter(each.target, name)
            assert alike(handed(api, each, expression), taken["schema"]), (each.name, name)


def test_a_path_is_complete(api: Api) -> None:
    for each in api.all():
        if "parameters" in each.said:
            wanted = {one["name"] for one in each.target.get("parameters", ()) if one["in"] == "path"}
            assert wanted <= set(each.said["parameters"]), each.name


def test_a_body_passes_but_for_what_is_handed_over(api: Api) -> None:
    for each in api.all():
        if "requestBody" in each.said:
            schema = api.plain[each.target["operationId"]]["requestBody"]["content"]["application/json"]["schema"]
            said = each.said["requestBody"]
            valid = jsonschema_rs.Draft202012Validator(schema, validate_formats=True)
            handed_over = {pointer for pointer, _ in expressions(said)}
            faults = [f"/{'/'.join(map(str, one.instance_path))}" for one in valid.iter_errors(said)]
            assert set(faults) <= handed_over, (each.name, faults)
            for pointer, expression in expressions(said):
                taken = api.at(schema, pointer)
                assert taken and all(alike(handed(api, each, expression), one) for one in taken), (each.name, pointer)


def parameter(operation: Json, name: str) -> Json:
    place, _, bare = name.rpartition(".")
    (found,) = [
        each for each in operation["parameters"] if each["name"] == bare and each["in"] == (place or each["in"])
    ]
    return dict(found)


def expressions(body: Any, pointer: str = "") -> Iterator[tuple[str, str]]:
    """The expressions in a body, with where they stand."""
    if isinstance(body, dict):
        for name, value in body.items():
            yield from expressions(value, f"{pointer}/{name}")
    elif isinstance(body, list):
        for number, value in enumerate(body):
            yield from expressions(value, f"{pointer}/{number}")
    elif isinstance(body, str) and body.startswith("$"):
        yield pointer, body


def handed(api: Api, link: Link, expression: str) -> list[Json]:
    """The schemas of what an expression stands for; there is none where nothing is."""
    match = EXPRESSION.fullmatch(expression)
    assert match, expression
    if match["path"]:
        return [parameter(link.source, f"path.{match['path']}")["schema"]]
    content = (link.source["requestBody"] if match["sent"] else link.answer)["content"]
    (body,) = [each["schema"] for name, each in content.items() if name.endswith("json")]
    found = api.at(body, match["sent"] or match["shown"])
    assert found, (link.source["operationId"], link.name, expression)
    return found


def alike(handed: list[Json], taken: Json) -> bool:
    """Whether what is handed over can be what is taken: some type, or type of an item, is the same."""
    return bool(set().union(*map(types, handed)) & types(taken))


def types(schema: Json) -> set[str]:
    found = schema.get("type", [])
    own = {found} if isinstance(found, str) else set(found)
    inner = [schema["items"]] if "items" in schema else []
    return own.union(*(types(each) for each in (*inner, *schema.get("anyOf", ())))) - {"array", "null"}


# --- records ----------------------------------------------------------------------------------


def test_what_was_made_can_be_looked_at_changed_used_and_taken_away(marketplace: Api) -> None:
    links = marketplace.links("product.create", "201")
    for name in ("retrieve", "update", "replace", "delete", "favorite", "click", "images", "main_image"):
        assert links[marketplace.named(f"product.{name}")]["parameters"] == {"slug": "$response.body#/slug"}
    for name in ("review.list", "review.create", "review.add_review", "product_image.upload_image"):
        assert links[marketplace.named(name)]["parameters"] == {"slug": "$response.body#/slug"}, "what is below it"
    measured = links[marketplace.named("product.measured")]
    assert measured["parameters"] == {"product_slug": "$response.body#/slug"}
    replaced = links[marketplace.named("product.replace")]["requestBody"]
    assert replaced["category"] == "$response.body#/category/id", "stays as it is"


def test_a_record_is_handed_over_in_bodies_that_name_it(marketplace: Api, clinic: Api) -> None:
    links = marketplace.links("product.list")
    added = links[marketplace.named("cart.add_item")]
    assert added["requestBody"] == {"product_id": "$response.body#/0/id", "quantity": 1}
    ordered = links[marketplace.named("order.create")]["requestBody"]
    assert ordered["items"] == [{"product_id": "$response.body#/0/id", "quantity": 1}]
    assert ordered["shipping_address"]["country"] == "PT", "the rest is the example"
    made = marketplace.links("category.retrieve")[marketplace.named("product.create")]
    assert made["requestBody"]["category"] == "$response.body#/id"
    booked = clinic.links("appointment.retrieve")[clinic.named("appointment.book_series")]
    assert booked["requestBody"]["doctor_id"] == "$response.body#/doctor/id"


def test_a_record_narrows_the_list_of_what_belongs_to_it(marketplace: Api) -> None:
    listed = marketplace.named("product.list")
    assert marketplace.links("category.retrieve")[listed]["parameters"] == {"query.category": "$response.body#/slug"}
    assert marketplace.links("user.register", "201")[listed]["parameters"] == {"query.seller": "$response.body#/id"}
    assert marketplace.named("product.my_products") not in marketplace.links("category.retrieve")


def test_a_list_leads_to_its_first_record_and_what_that_can_do(marketplace: Api) -> None:
    links = marketplace.links("product.list")
    assert links[marketplace.named("product.retrieve")]["parameters"] == {"slug": "$response.body#/0/slug"}
    assert marketplace.named("product.favorite") in links
    assert not links.keys() & {marketplace.named(f"product.{each}") for each in ("update", "replace", "delete")}
    assert marketplace.links("user.seller")[marketplace.named("product.retrieve")]["parameters"] == {
        "slug": "$response.body#/products/0/slug"
    }


def test_parts_are_handed_over_to_what_works_on_them(marketplace: Api) -> None:
    for name, status, item in (("add_item", "201", "/item/id"), ("add_item", "200", "/item/id")):
        links = marketplace.links(f"cart.{name}", status)
        assert links[marketplace.named("cart.remove_item")]["requestBody"] == {"item_id": f"$response.body#{item}"}
    cart = marketplace.links("cart.retrieve")
    assert cart[marketplace.named("cart.update_item")]["requestBody"]["item_id"] == "$response.body#/items/0/id"
    uploaded = marketplace.links("product_image.upload_image", "201")[marketplace.named("product_image.delete_image")]
    assert uploaded["parameters"] == {"slug": "$request.path.slug"}
    assert uploaded["requestBody"] == {"image_key": "$response.body#/image/key"}


def test_a_new_part_can_be_seen_where_it_is_shown(marketplace: Api) -> None:
    links = marketplace.links("product_image.create", "201")
    for name in ("retrieve", "images", "main_image"):
        assert links[marketplace.named(f"product.{name}")]["parameters"] == {"slug": "$request.path.slug"}
    assert marketplace.named("review.list") not in links


def test_what_the_answer_does_not_show_is_not_handed_over(marketplace: Api, clinic: Api) -> None:
    figures = marketplace.links("product_metrics.retrieve")
    assert marketplace.named("product.retrieve") not in figures, "they show the product's id and not its slug"
    agenda = clinic.links("appointment.my_agenda")
    assert clinic.named("appointment.retrieve") not in agenda, "it does not show in which department the room is"
    assert clinic.named("appointment.withdraw") in agenda


def test_of_a_singleton_there_is_one_for_each_caller(marketplace: Api, clinic: Api) -> None:
    links = marketplace.links("cart.add_item", "201")
    for name in ("retrieve", "clear", "validate_stock", "checkout"):
        assert not links[marketplace.named(f"cart.{name}")].keys() & {"parameters", "requestBody"}
    person = clinic.links("preferences.retrieve")[clinic.named("person.retrieve")]
    assert person["parameters"] == {"id": "$response.body#/person/id"}


def test_from_an_account_to_tokens_and_what_they_open(marketplace: Api) -> None:
    token = marketplace.links("user.register", "201")[marketplace.named("user.token")]
    assert token["requestBody"] == {"username": "$response.body#/username", "password": "$request.body#/password"}
    for name in ("token", "refresh_token"):
        links = marketplace.links(f"user.{name}")
        again = links[marketplace.named("user.refresh_token")]
        assert again["requestBody"] == {"refresh": "$response.body#/refresh"}
        assert links[marketplace.named("user.me")]["description"].endswith("With `access` as its bearer token.")


# --- states -----------------------------------------------------------------------------------


def transitions(api: Api, links: Json, *names: str) -> set[str]:
    """The links to these operations, without the operations' names."""
    return {link.removeprefix(api.ids[name]) for name in names for link in links if link.startswith(api.ids[name])}


def test_from_its_birth_the_ways_out_of_the_first_state(marketplace: Api, clinic: Api) -> None:
    for name in ("order.create", "cart.checkout"):
        links = marketplace.links(name, "201")
        paid = links[marketplace.named("order.update_status", "_to_payment_confirmed")]
        assert paid["parameters"] == {"id": "$response.body#/id"}
        assert paid["requestBody"] == {"status": "payment_confirmed"}
        assert transitions(marketplace, links, "order.update_status") == {"_to_payment_confirmed"}
        assert marketplace.named("order.cancel_order") in links
        assert marketplace.named("order.process_order") not in links
    drafted = clinic.links("referral.create", "201")
    assert transitions(clinic, drafted, "referral.move") == {"_to_sent", "_to_closed"}
    assert {clinic.named("referral.send"), clinic.named("referral.take_back")} <= set(drafted)
    assert not {clinic.named("referral.accept"), clinic.named("referral.discharge")} & set(drafted)


def test_from_a_transition_the_ways_out_of_where_it_leads(marketplace: Api, clinic: Api) -> None:
    cancelled = marketplace.links("order.cancel_order")
    assert transitions(marketplace, cancelled, "order.update_status") == {"_to_refunded"}
    processed = marketplace.links("order.process_order")
    assert transitions(marketplace, processed, "order.update_status") == {"_to_cancelled", "_to_shipped"}
    shipped = processed[marketplace.named("order.update_order_status", "_to_shipped")]
    assert shipped["parameters"] == {"id": "$response.body#/order/id"}
    accepted = clinic.links("referral.accept")
    assert transitions(clinic, accepted, "referral.move") == {"_to_sent", "_to_closed"}
    assert clinic.named("referral.discharge") in accepted
    assert transitions(clinic, clinic.links("referral.decline"), "referral.move") == set(), "that is the end"


def test_where_the_body_says_the_state_every_state_may_come_next(marketplace: Api) -> None:
    links = marketplace.links("order.update_status")
    states = ("cancelled", "awaiting_shipment", "shipped", "delivered", "refunded")
    assert transitions(marketplace, links, "order.update_status") == {f"_to_{each}" for each in states}
    for each in states:
        assert links[marketplace.named("order.update_status", f"_to_{each}")]["requestBody"] == {"status": each}


def test_where_a_transition_is_refused_the_answer_says_where_to_go(marketplace: Api) -> None:
    links = marketplace.links("order.process_order", "409")
    allowed = links[marketplace.named("order.update_status", "_to_first_allowed")]
    assert allowed["parameters"] == {"id": "$request.path.id"}
    assert allowed["requestBody"] == {"status": "$response.body#/allowed_transitions/0"}


def test_where_the_state_is_not_known_any_transition_may_come_next(marketplace: Api) -> None:
    for name in ("order.list", "order.retrieve"):
        links = marketplace.links(name)
        assert "requestBody" not in links[marketplace.named("order.update_status")]
        assert marketplace.named("order.process_order") in links
