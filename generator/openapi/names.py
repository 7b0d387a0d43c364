"""What operations are called in the OpenAPI document: method names, tags and one line in English."""

from __future__ import annotations

import re
from collections import Counter

from generator.model import Model, Resource
from generator.operations import Operation, all_operations


def operation_ids(model: Model) -> dict[str, str]:
    """The operationId of every operation by its full name: good as a method's name, and unique."""
    wished = {each.full_name: _wish(model, each) for each in all_operations(model)}
    counts = Counter(wished.values())
    return {name: wish if counts[wish] == 1 else _told_apart(name, wish) for name, wish in wished.items()}


def _told_apart(full_name: str, wish: str) -> str:
    """Of several that wish the same, the one whose own name it is has it."""
    stem, _, name = full_name.partition(".")
    return wish if name == wish else f"{name}_of_{stem}"


def tag(resource: Resource) -> str:
    """`OrderItem` → `Order items`; of a singleton there is one."""
    name = singular(resource)
    return (name if resource.singleton else plural(name)).replace("_", " ").capitalize()


def shown_with(model: Model, operation: Operation) -> Resource:
    """The resource that an operation is listed with: its own, unless its whole path is below another's collection."""
    url, own = operation.action.url, operation.resource
    below = [each for each in model.resources if (path := _collection(model, each)) and url.startswith(path)]
    if own.parent is not None or own in below or not below:
        return own
    return max(below, key=lambda each: len(_collection(model, each)))


def _collection(model: Model, resource: Resource) -> str:
    """The path of a resource's collection, empty where it has none of its own."""
    path = resource.path or ""
    if not path or resource.parent is not None or not resource.actions:
        return ""
    return f"{path.rstrip('/') if path.startswith('/') else f'{model.api.base}/{path}'}/"


def summary(model: Model, operation: Operation) -> str:
    """What the spec says, else the operation's own words."""
    if operation.action.summary and operation.method == operation.action.methods[0]:
        return operation.action.summary
    words = _nouns(model, operation)
    sentence = SENTENCES.get(_verb(operation))
    return sentence.format(**words) if sentence else operation.name.replace("_", " ").capitalize()


def singular(resource: Resource) -> str:
    """`OrderItem` → `order_item`."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", resource.name).lower()


SENTENCES = {
    "list": "List {plural}",
    "get": "Get {article} {singular}",
    "create": "Create {article} {singular}",
    "update": "Change {article} {singular}",
    "replace": "Replace {article} {singular}",
    "delete": "Delete {article} {singular}",
}

# The name that an action of a kind has where the spec gives it none of its own, and its verb.
USUAL = {"list": "list", "retrieve": "get", "create": "create", "update": "update", "delete": "delete"}

# Words that come before what they are done to: `update_tracking` of an order is `update_order_tracking`.
VERBS = {"add", "change", "check", "clear", "remove", "reset", "send", "set", "update", "validate"}


def _verb(operation: Operation) -> str:
    action = operation.action
    if action.name != action.kind and not (action.kind == "action" and action.name == "create"):
        return ""  # a custom action of that name creates as well
    return "replace" if operation.name == "replace" else USUAL.get(action.name, "")


def _nouns(model: Model, operation: Operation) -> dict[str, str]:
    one = singular(operation.resource).replace("_", " ")
    several = plural(singular(operation.resource)).replace("_", " ")
    article = "the caller's" if operation.resource.singleton else "an" if one[0] in "aeiou" else "a"
    return {"singular": one, "plural": several, "article": article}


def _wish(model: Model, operation: Operation) -> str:
    """`list_products`, `get_product`, `favorite_product`, `list_my_products`, `add_cart_item` …"""
    action, name = operation.action, operation.name
    one, qualified = singular(operation.resource), _qualified(model, operation.resource)
    verb = _verb(operation)
    if verb:
        return f"{verb}_{plural(qualified) if verb == 'list' else qualified}"
    if action.kind == "list":
        return f"list_{one}_{name}" if action.on == "item" else f"list_{name}"
    if action.kind == "retrieve":
        return f"get_{name}"
    if name.endswith(f"_{one}"):
        return name.removesuffix(one) + qualified
    if f"_{one}_" in name:
        return name
    return _about(name, qualified) if action.on == "item" or action.kind == "create" else name


def _about(name: str, noun: str) -> str:
    """What is done, and to what: `favorite_product`, `update_order_tracking`."""
    verb, _, rest = name.partition("_")
    return f"{verb}_{noun}_{rest}" if verb in VERBS and rest else f"{name}_{noun}"


def _qualified(model: Model, resource: Resource) -> str:
    """With the resource that it stands in: `product_review`."""
    if resource.parent is None:
        return singular(resource)
    relation = next(each for each in resource.belongs_to if each.name == resource.parent)
    above, one = singular(model.by_name[relation.target]), singular(resource)
    return one if one.startswith(f"{above}_") else f"{above}_{one}"


ENDINGS = (
    (r"ics$", "ics"),
    (r"([^aeiou])y$", r"\1ies"),
    (r"(s|x|z|ch|sh)$", r"\1es"),
    (r"person$", "people"),
    (r"$", "s"),
)


def plural(word: str) -> str:
    """English enough: `category` → `categories`."""
    pattern, ending = next(each for each in ENDINGS if re.search(each[0], word))
    return re.sub(pattern, ending, word, count=1)
