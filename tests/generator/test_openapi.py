"""The OpenAPI document: valid, complete, the same every time, and the very schemas that check each request."""

from __future__ import annotations

import importlib
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
from openapi_spec_validator import validate

from generator.frontend import load_project
from generator.model import Model
from generator.openapi.document import openapi
from generator.schemas import representation_schema
from runtime.calls.idempotency import key_of
from runtime.errors import Problem
from runtime.fieldtypes import NO_NUL
from tests.support.documents import inlined

ROOT = Path(__file__).parents[2]
LIBRARY = ROOT / "tests" / "generator" / "library"
SHOWN = (("Book", "full"), ("Shelf", "tree"))
PROJECTS = {"marketplace": ROOT, "clinic": ROOT / "tests" / "clinic", "library": LIBRARY}


@pytest.fixture(scope="module", params=sorted(PROJECTS))
def root(request: pytest.FixtureRequest) -> Path:
    return PROJECTS[request.param]


@pytest.fixture(scope="module")
def model(root: Path) -> Model:
    return load_project(root)


@pytest.fixture(scope="module")
def document(model: Model) -> dict[str, Any]:
    return openapi(model)


@pytest.fixture(scope="module")
def marketplace() -> dict[str, Any]:
    return inlined(openapi(load_project(ROOT)))


@pytest.fixture(scope="module")
def clinic() -> dict[str, Any]:
    return inlined(openapi(load_project(PROJECTS["clinic"])))


def operations(document: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path, item in document["paths"].items():
        for method, operation in item.items():
            yield path, method, operation


def operation(document: dict[str, Any], name: str) -> dict[str, Any]:
    return next(each for _, _, each in operations(document) if each["operationId"] == name)


def codes(document: dict[str, Any], name: str) -> dict[str, set[str]]:
    """The codes of an operation's problems by status."""
    found = {}
    for status, answer in operation(document, name)["responses"].items():
        if "$ref" in answer:
            answer = document["components"]["responses"][answer["$ref"].rpartition("/")[2]]
        text = json.dumps(answer.get("content", {}).get("application/problem+json", {}))
        listed = re.findall(r'"code": \{"enum": \[([^\]]*)\]', text)
        if listed:
            found[status] = {code.strip('" ') for each in listed for code in each.split(",")}
    return found


# --- any document -----------------------------------------------------------------------------


def test_it_is_valid(document: dict[str, Any]) -> None:
    validate(document)
    assert document["openapi"] == "3.1.0"


def test_the_same_specs_give_the_same_document(root: Path, document: dict[str, Any]) -> None:
    assert json.dumps(openapi(load_project(root))) == json.dumps(document)


def test_every_operation_is_described(document: dict[str, Any]) -> None:
    tags = {each["name"] for each in document["tags"]}
    for path, method, each in operations(document):
        assert re.fullmatch(r"[a-z][a-z0-9_]*", each["operationId"]), each["operationId"]
        assert set(each["tags"]) <= tags, path
        assert each["summary"] and each["description"] and each["security"], (path, method)
        assert "401" in each["responses"] and "503" in each["responses"], (path, method)
        assert any(status.startswith("2") for status in each["responses"]), (path, method)


def test_operation_ids_are_unique(document: dict[str, Any]) -> None:
    names = [each["operationId"] for _, _, each in operations(document)]
    assert len(names) == len(set(names))


def test_every_operation_leads_to_its_spec(root: Path, document: dict[str, Any]) -> None:
    for _, _, each in operations(document):
        name, _, line = each["x-spec-source"].partition(":")
        text = (root / "spec" / name).read_text().splitlines()[int(line) - 1]
        assert re.match(r"\s+[a-z_]+:", text), each["x-spec-source"]
        assert each["x-policy"]


def test_every_reference_leads_somewhere(document: dict[str, Any]) -> None:
    for reference in re.findall(r'"\$ref": "#/([^"]+)"', json.dumps(document)):
        piece: Any = document
        for name in reference.split("/"):
            piece = piece[name]


def test_no_component_is_unused(document: dict[str, Any]) -> None:
    used = set(re.findall(r'"\$ref": "#/components/([^"]+)"', json.dumps(document)))
    for kind in ("schemas", "responses", "headers"):
        unused = {name for name in document["components"][kind] if f"{kind}/{name}" not in used}
        assert not unused


def test_shapes_are_named_where_operations_say_them(document: dict[str, Any]) -> None:
    for path, method, each in operations(document):
        for content in each.get("requestBody", {}).get("content", {}).values():
            assert list(content["schema"]) == ["$ref"], (path, method)
        for answer in each["responses"].values():
            for content in answer.get("content", {}).values():
                assert "properties" not in content["schema"] and "allOf" not in content["schema"], (path, method)


def test_types_of_clients_are_called_after_what_the_spec_says() -> None:
    schemas = openapi(load_project(ROOT))["components"]["schemas"]
    assert {"Product", "ProductDetail"} & set(schemas) == {"ProductDetail"}  # nothing shows a product in full
    assert {"Order", "CartItem", "Review", "OrderStatus", "Country", "Condition", "AddressInput"} <= set(schemas)
    assert {"AddCartItemInput", "CreateProductInput", "CreateProductForm", "CreateProductMultipart"} <= set(schemas)
    assert {"AddCartItemAnswer200", "AddCartItemAnswer201", "ClearCartAnswer", "NotFoundProblem"} <= set(schemas)
    order = schemas["Order"]["properties"]
    assert order["status"] == {"$ref": "#/components/schemas/OrderStatus"}
    assert schemas["CreateOrderInput"]["properties"]["shipping_address"] == {
        "$ref": "#/components/schemas/AddressInput"
    }
    country = schemas["AddressInput"]["properties"]["country"]
    assert country == {"$ref": "#/components/schemas/Country", "examples": ["PT"]}


def test_problems_of_one_code_that_differ_are_told_apart() -> None:
    schemas = openapi(load_project(ROOT))["components"]["schemas"]
    short = {name: set(schemas[name]["allOf"][1]["properties"]) for name in schemas if "InsufficientStock" in name}
    assert short["AddCartItemInsufficientStockProblem"] >= {"available_stock", "current_in_cart"}
    assert "InsufficientStockProblem" not in short
    assert {"lines", "items"} & short["CreateOrderInsufficientStockProblem"]


def test_paths_have_no_trailing_slash(document: dict[str, Any]) -> None:
    assert not [path for path in document["paths"] if path != "/" and path.endswith("/")]


def test_who_stands_behind_it_is_said(document: dict[str, Any]) -> None:
    assert document["info"]["contact"]["name"] and document["info"]["license"]["identifier"]


def test_path_parameters_are_those_of_the_path(document: dict[str, Any]) -> None:
    for path, _, each in operations(document):
        declared = [one["name"] for one in each.get("parameters", ()) if one["in"] == "path"]
        assert declared == re.findall(r"\{([^}]*)\}", path)


def test_every_example_of_a_body_passes(document: dict[str, Any]) -> None:
    described = [each for _, _, each in operations(inlined(document)) if "requestBody" in each]
    bodies = [(each, each["requestBody"]["content"]) for each in described]
    assert bodies
    for each, content in bodies:
        for body in content.values():
            schema = body["schema"]
            assert schema["additionalProperties"] is False, each["operationId"]
            if needs_a_file(schema):
                assert "example" not in body, "its bytes are no example"
                continue
            jsonschema_rs.Draft202012Validator(schema, validate_formats=True).validate(body["example"])


def needs_a_file(schema: dict[str, Any]) -> bool:
    required = [*schema.get("required", ()), *(name for each in schema.get("anyOf", ()) for name in each["required"])]
    return any(schema["properties"][name].get("format") == "binary" for name in required)


def test_every_parameter_that_must_be_there_has_an_example_that_passes(document: dict[str, Any]) -> None:
    for path, _, each in operations(document):
        for parameter in each.get("parameters", ()):
            if parameter.get("required") or "example" in parameter:
                schema = parameter["schema"]
                valid = jsonschema_rs.Draft202012Validator(schema, validate_formats=True)
                assert valid.is_valid(parameter["example"]), (path, parameter)


def test_examples_are_what_every_caller_may_send(clinic: dict[str, Any], marketplace: dict[str, Any]) -> None:
    """Not what only some may, nor a state that nothing leads to."""
    booking = operation(clinic, "create_room_appointment")["requestBody"]["content"]["application/json"]
    assert "fee" in booking["schema"]["properties"] and "fee" not in booking["example"]
    move = operation(clinic, "move_referral")["requestBody"]["content"]["application/json"]
    assert move["example"] == {"phase": "sent"}
    form = operation(marketplace, "create_product")["requestBody"]["content"]["multipart/form-data"]
    assert form["example"]["name"] == "Walnut desk organiser"
    series = operation(clinic, "book_series")["requestBody"]["content"]["multipart/form-data"]
    assert json.loads(series["example"]["times"])[0]["starts_at"] == "2027-04-01T09:00:00Z"


def test_bodies_and_their_statuses_go_together(document: dict[str, Any]) -> None:
    for path, method, each in operations(document):
        has_body = "requestBody" in each
        assert ("413" in each["responses"]) == ("415" in each["responses"]) == has_body, (path, method)


# --- what is published is what checks ----------------------------------------------------------


@pytest.mark.parametrize(
    ("module", "constant", "name"),
    [
        ("product", "CREATE", "create_product"),
        ("product", "UPDATE", "update_product"),
        ("product", "REPLACE", "replace_product"),
        ("review", "ADD_REVIEW", "add_product_review"),
        ("user", "REGISTER", "register_user"),
        ("user", "TOKEN", "token"),
    ],
)
def test_the_published_schema_is_the_validator(
    marketplace: dict[str, Any], module: str, constant: str, name: str
) -> None:
    checked = getattr(importlib.import_module(f"generated.inputs.{module}"), constant).schema
    published = operation(marketplace, name)["requestBody"]["content"]["application/json"]["schema"]
    assert dict(checked) == published


def test_what_not_everybody_may_send_has_no_default_that_clients_would_send(marketplace: dict[str, Any]) -> None:
    for content in operation(marketplace, "create_product")["requestBody"]["content"].values():
        members = content["schema"]["properties"]
        assert members["is_active"]["default"] is True
        assert "default" not in members["is_featured"]


def test_forms_have_no_null(marketplace: dict[str, Any]) -> None:
    content = operation(marketplace, "create_product")["requestBody"]["content"]
    assert list(content) == ["application/json", "multipart/form-data", "application/x-www-form-urlencoded"]
    assert "null" not in json.dumps(content["multipart/form-data"])
    members = list(content["application/json"]["schema"]["properties"])
    assert list(content["application/x-www-form-urlencoded"]["schema"]["properties"]) == members
    files = ["main_image", "images", "uploaded_images"]
    assert list(content["multipart/form-data"]["schema"]["properties"]) == members + files


def test_a_form_that_must_bring_a_file_is_the_only_way(marketplace: dict[str, Any]) -> None:
    content = operation(marketplace, "upload_image")["requestBody"]["content"]
    assert list(content) == ["multipart/form-data"]
    assert content["multipart/form-data"]["schema"]["required"] == ["image"]
    assert content["multipart/form-data"]["encoding"] == {"image": {"contentType": "image/jpeg, image/png, image/webp"}}


def test_where_the_storage_is_off_an_answer_has_more(marketplace: dict[str, Any]) -> None:
    answer = operation(marketplace, "get_images")["responses"]["200"]["content"]["application/json"]["schema"]
    assert "detail" in answer["properties"]
    assert "detail" not in answer["required"]


def test_a_form_has_objects_as_the_text_of_their_json(clinic: dict[str, Any]) -> None:
    content = operation(clinic, "book_series")["requestBody"]["content"]
    whole = content["application/json"]["schema"]["properties"]["times"]
    assert (whole["minItems"], whole["maxItems"], whole["uniqueItems"]) == (1, 20, True)
    text = content["multipart/form-data"]["schema"]["properties"]["times"]
    assert (text["type"], text["contentMediaType"], text["contentSchema"]) == ("string", "application/json", whole)


def test_a_deletions_input_is_in_its_body(clinic: dict[str, Any]) -> None:
    """Its query may say the same, but no schema can say "here or there": the document says it in words."""
    withdraw = operation(clinic, "withdraw")
    assert withdraw["requestBody"]["required"] is True
    assert not [each for each in withdraw.get("parameters", []) if each["in"] == "query"]
    assert "A request without a body may say the same in its query." in withdraw["description"]


def test_a_form_says_yes_and_no_in_all_the_words_it_may(marketplace: dict[str, Any]) -> None:
    form = create_form(marketplace)
    for good in (True, False, 0, 1, "TRUE", "no", "On", "off", "YeS"):
        assert is_valid(form["is_digital"], good)
    for bad in (2, "maybe", "", "y", None):
        assert not is_valid(form["is_digital"], bad)


def test_a_form_may_send_one_of_a_list_without_a_list(marketplace: dict[str, Any]) -> None:
    tags = create_form(marketplace)["tags"]
    for good in (["one", "two"], "one", "", "o[n]e"):
        assert is_valid(tags, good)
    for bad in ("[one", ' ["one"', "x" * 51, ["x" * 51], ["one"] * 31, 5):
        assert not is_valid(tags, bad)
    assert "JSON array" in tags["description"]


def test_a_form_may_leave_optional_numbers_empty_and_no_others(marketplace: dict[str, Any]) -> None:
    form = create_form(marketplace)
    assert all(is_valid(form[name], "") for name in ("weight", "original_price", "stock_quantity"))
    assert not any(is_valid(form[name], "") for name in ("price", "category", "condition", "name"))
    assert all(is_valid(form["stock_quantity"], each) for each in (0, 2147483647, "0", "70", "2147483647"))
    assert not any(is_valid(form["stock_quantity"], each) for each in (-1, 2147483648, "-1", "2147483648", "07", "x"))


def test_of_files_that_stand_for_each_other_one_must_come(marketplace: dict[str, Any]) -> None:
    content = operation(marketplace, "upload_profile_picture")["requestBody"]["content"]
    assert set(content) == {"multipart/form-data"}
    schema = content["multipart/form-data"]["schema"]
    assert schema["anyOf"] == [{"required": ["profile_picture"]}, {"required": ["image"]}]
    assert "required" not in schema


def test_a_filter_that_takes_any_text_says_only_that(marketplace: dict[str, Any]) -> None:
    """Beside plain text other forms mean nothing: in a query `5` is text, too."""
    found = {each["name"]: each for each in operation(marketplace, "list_products")["parameters"]}
    assert found["category"]["schema"]["items"] == {"type": "string", "pattern": NO_NUL}


def create_form(document: dict[str, Any]) -> dict[str, Any]:
    """The members of the form that makes a product."""
    content = operation(document, "create_product")["requestBody"]["content"]
    pieces: dict[str, Any] = content["application/x-www-form-urlencoded"]["schema"]["properties"]
    return pieces


def is_valid(schema: dict[str, Any], value: object) -> bool:
    """Whether a schema takes a value."""
    return bool(jsonschema_rs.is_valid(schema, value))


# --- statuses and codes -----------------------------------------------------------------------


def test_every_code_that_can_occur(marketplace: dict[str, Any]) -> None:
    signed_in = {"INVALID_TOKEN", "NOT_AUTHENTICATED"}
    away = {"UNAVAILABLE"}
    assert codes(marketplace, "list_products") == {
        "400": {"INVALID_INPUT"},
        "401": {"INVALID_TOKEN"},
        "503": away,
    }
    assert codes(marketplace, "add_product_review") == {
        "400": {"INVALID_INPUT"},
        "401": signed_in,
        "403": {"FORBIDDEN"},
        "404": {"NOT_FOUND"},
        "409": {"ALREADY_REVIEWED", "CONFLICT"},
        "413": {"PAYLOAD_TOO_LARGE"},
        "415": {"UNSUPPORTED_MEDIA_TYPE"},
        "503": away,
    }
    assert codes(marketplace, "register_user")["409"] == {"EMAIL_TAKEN", "USERNAME_TAKEN"}
    assert codes(marketplace, "token")["401"] == {"INVALID_CREDENTIALS", "INVALID_TOKEN"}
    assert codes(marketplace, "favorite_product") == {
        "400": {"INVALID_INPUT"},
        "401": signed_in,
        "404": {"NOT_FOUND"},
        "409": {"CONFLICT"},
        "503": away,
    }
    # An effect writes too, and a transition loses against a simultaneous one.
    assert codes(marketplace, "delete_order")["409"] == {"CONFLICT"}
    assert codes(marketplace, "process_order")["409"] == {"CONFLICT", "INVALID_TRANSITION", "PAYMENT_REQUIRED"}


def test_a_policy_that_hides_answers_404(clinic: dict[str, Any]) -> None:
    found = codes(clinic, "delete_room_appointment")
    assert "403" not in found
    assert found["404"] == {"NOT_FOUND"}
    assert codes(clinic, "update_room_appointment")["403"] == {"FORBIDDEN"}  # a member for managers only


def test_a_declared_error_brings_its_members(clinic: dict[str, Any]) -> None:
    answer = operation(clinic, "postpone_room_appointment")["responses"]["409"]
    alternatives = answer["content"]["application/problem+json"]["schema"]["oneOf"]
    overlaps = next(each for each in alternatives if "OVERLAPS" in json.dumps(each))
    members = overlaps["allOf"][1]
    assert set(members["required"]) == {"conflicting_id", "free_from"}
    assert members["properties"]["free_from"]["format"] == "date-time"
    listed = codes(clinic, "book_series")
    assert listed["409"] == {"CONFLICT", "REQUEST_IN_PROGRESS", "TIMES_TAKEN"}
    assert "TakenTime" in clinic["components"]["schemas"]


def test_a_request_that_may_be_sent_again(clinic: dict[str, Any]) -> None:
    answers = operation(clinic, "create_room_appointment")["responses"]
    found = codes(clinic, "create_room_appointment")
    assert found["409"] == {"CONFLICT", "REQUEST_IN_PROGRESS", "SLOT_TAKEN"}
    assert found["422"] == {"IDEMPOTENCY_KEY_REUSED"}
    assert "Idempotency-Replayed" in answers["201"]["headers"]
    assert "422" not in operation(clinic, "update_room_appointment")["responses"]
    assert "Idempotency-Key" not in parameters(clinic, "update_room_appointment")


@pytest.mark.parametrize(
    ("key", "taken"),
    [
        *[
            (key, True)
            for key in ("a", '"a"', "x" * 255, f'"{"x" * 255}"', '"' + "\\\\" * 255 + '"', '"a\\"b"', "a;b", 'a"')
        ],
        *[
            (key, False)
            for key in ("", '""', "a b", '"a b"', '"a', '"a"b"', '"a\\b"', '"', "x" * 256, f'"{"x" * 256}"', "é")
        ],
    ],
)
def test_the_published_form_of_a_key_is_the_one_that_is_checked(clinic: dict[str, Any], key: str, taken: bool) -> None:
    said = parameters(clinic, "create_room_appointment")["Idempotency-Key"]
    assert (said["in"], said.get("required", False)) == ("header", False)
    assert jsonschema_rs.is_valid(said["schema"], key) is taken
    if taken:
        assert 1 <= len(key_of(key)) <= 255
    else:
        with pytest.raises(Problem) as refused:
            key_of(key)
        assert set(refused.value.errors) == {"Idempotency-Key"}


def test_success_statuses_and_headers(marketplace: dict[str, Any]) -> None:
    favorite = operation(marketplace, "favorite_product")["responses"]
    assert {"200", "201"} <= set(favorite)
    created = operation(marketplace, "create_product")["responses"]["201"]
    assert {"Location", "X-Request-ID", "Cache-Control"} <= set(created["headers"])
    listed = operation(marketplace, "list_products")["responses"]
    assert {"Link", "X-Total-Count", "ETag"} <= set(listed["200"]["headers"])
    assert "304" in listed
    assert "304" not in operation(marketplace, "list_my_products")["responses"]
    assert "content" not in operation(marketplace, "delete_product")["responses"]["204"]


def test_where_the_state_does_not_lead_is_told_with_where_it_does(clinic: dict[str, Any]) -> None:
    answer = operation(clinic, "move_referral")["responses"]["409"]
    alternatives = answer["content"]["application/problem+json"]["schema"]["oneOf"]
    members = next(each for each in alternatives if "INVALID_TRANSITION" in json.dumps(each))["allOf"][1]
    assert members["required"] == ["current_phase", "allowed_transitions"]
    phases = ["drafted", "sent", "accepted", "declined", "closed"]
    assert members["properties"]["current_phase"]["enum"] == phases
    body = operation(clinic, "move_referral")["requestBody"]["content"]["application/json"]["schema"]
    assert (body["required"], body["properties"]["phase"]["enum"]) == (["phase"], phases)


@pytest.mark.parametrize(
    ("name", "conflicts"),
    [
        ("move_referral", {"INVALID_TRANSITION", "NO_REASON"}),
        ("send_referral", {"INVALID_TRANSITION", "NO_REASON"}),
        ("decline_referral", {"INVALID_TRANSITION", "NO_REASON"}),
        ("accept_referral", {"INVALID_TRANSITION"}),
        ("discharge_referral", {"INVALID_TRANSITION", "TREATMENT_GOES_ON"}),
        ("update_referral", {"INVALID_TRANSITION", "DECIDED"}),
        ("delete_referral", {"CONFLICT", "DECIDED"}),
        ("greet_preferences", {"UNREACHABLE"}),
    ],
)
def test_each_guard_that_an_operation_can_meet(clinic: dict[str, Any], name: str, conflicts: set[str]) -> None:
    assert codes(clinic, name)["409"] - {"CONFLICT"} == conflicts - {"CONFLICT"}, "which is what any write may meet"


def test_who_may_make_a_transition_is_said(clinic: dict[str, Any]) -> None:
    assert codes(clinic, "send_referral").keys() >= {"401", "404"}
    assert "403" not in codes(clinic, "send_referral"), "whoever is not the sender is told that there is nothing"
    assert codes(clinic, "accept_referral")["403"] == {"FORBIDDEN"}
    sentence = "From `drafted` to `sent`: for callers who fulfil the policy `sender` while `reason != ''`"
    assert f"{sentence}. The clinic sees it from then on." in operation(clinic, "send_referral")["description"]


def test_what_transitions_and_hooks_answer(clinic: dict[str, Any]) -> None:
    sent = operation(clinic, "send_referral")["responses"]["200"]["content"]["application/json"]["schema"]
    assert sent["required"] == ["note", "was", "referral", "is"]
    assert sent["properties"]["referral"] == {"$ref": "#/components/schemas/Referral"}
    assert sent["properties"]["was"]["enum"] == sent["properties"]["is"]["enum"]
    assert "content" not in operation(clinic, "take_back_referral")["responses"]["204"]


def test_a_record_of_another_resource_has_a_location(clinic: dict[str, Any]) -> None:
    made = operation(clinic, "prescribe_referral")["responses"]["201"]
    assert "Location" in made["headers"]
    assert made["content"]["application/json"]["schema"] == {"$ref": "#/components/schemas/Prescription"}
    links = {name: each["parameters"] for name, each in made["links"].items()}
    new = {name: {"id": "$response.body#/id"} for name in ("get_prescription", "update_prescription")}
    assert links == new | {"get_referral": {"id": "$request.path.id"}}


def test_a_singleton_stands_at_its_path_and_is_always_there(clinic: dict[str, Any]) -> None:
    assert set(clinic["paths"]["/clinic/v1/myself/preferences"]) == {"get", "patch", "put", "delete"}
    found = operation(clinic, "get_preferences")
    assert found["summary"] == "Retrieve the caller's preferences"
    assert "404" not in found["responses"]


def test_a_token_is_optional_where_everybody_may(marketplace: dict[str, Any]) -> None:
    assert operation(marketplace, "list_products")["security"] == [{}, {"bearer": []}]
    assert operation(marketplace, "create_product")["security"] == [{"bearer": []}]


# --- parameters -------------------------------------------------------------------------------


def parameters(document: dict[str, Any], name: str) -> dict[str, Any]:
    return {each["name"]: each for each in operation(document, name)["parameters"]}


def test_what_a_list_understands(marketplace: dict[str, Any]) -> None:
    found = parameters(marketplace, "list_products")
    assert list(found) == [
        *("category", "min_price", "max_price", "brand", "condition", "tags", "seller", "in_stock", "on_sale"),
        *("is_featured", "is_digital", "min_rating", "created_after", "created_before", "search", "ordering"),
        *("page", "page_size", "cursor", "count", "If-None-Match"),
    ]
    assert parameters(marketplace, "list_category_products").keys() == {"slug", *found}
    assert found["ordering"]["schema"]["items"]["enum"][:4] == ["created_at", "-created_at", "price", "-price"]
    assert found["ordering"]["explode"] is False
    assert found["page_size"]["schema"] == {"type": "integer", "minimum": 1, "maximum": 100, "default": 20}
    assert found["condition"]["schema"]["items"]["enum"] == ["new", "like_new", "good", "fair", "poor"]
    assert found["condition"]["explode"] is True
    assert found["seller"]["schema"]["minimum"] == 1
    assert found["created_after"]["schema"]["format"] == "date-time"
    assert found["count"]["schema"]["enum"] == ["exact"]


def test_what_is_derived_has_the_schema_of_what_it_is_made_of(clinic: dict[str, Any]) -> None:
    shown = clinic["components"]["schemas"]["Room"]["properties"]
    booked = clinic["components"]["schemas"]["Appointment"]["properties"]
    assert shown["next_start"] == booked["starts_at"] | {"type": ["string", "null"]}
    assert shown["total"] == shown["turnover"] == booked["total"]
    numbers = clinic["components"]["schemas"]["Clinic"]["properties"]["numbers"]["properties"]
    assert numbers["doctors"] == numbers["room_count"]


def test_the_first_of_values_is_shown_as_the_field_would_be() -> None:
    model = load_project(LIBRARY)
    book, shelf = (representation_schema(model, model.by_name[name], shape) for name, shape in SHOWN)
    top, own = shelf["properties"]["top"]["properties"], book["properties"]
    for name, field in (("top_cover", "cover"), ("top_price", "price"), ("top_data", "data"), ("top_flag", "flag")):
        assert top[name] == own[field]
    renamed = own["renamed"]["properties"]
    assert (renamed["called"], renamed["fines"], renamed["last"]) == (own["title"], own["fine_sum"], own["last_fine"])
    assert renamed["stands_at"]["type"] == ["integer", "null"]


def test_parameters_of_paths(marketplace: dict[str, Any], clinic: dict[str, Any]) -> None:
    assert parameters(marketplace, "get_product_review")["id"]["schema"]["minimum"] == 1
    assert "pattern" in parameters(marketplace, "get_product")["slug"]["schema"]
    assert parameters(clinic, "get_room_appointment")["id"]["schema"]["format"] == "uuid"
    assert list(parameters(clinic, "get_room_appointment"))[:4] == ["code", "slug", "room_id", "id"]
