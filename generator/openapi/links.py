"""Links: from an answer to what can be done next, with what the answer shows for it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from generator.members import machine_of
from generator.model import Model, Resource, Result
from generator.openapi.access import access
from generator.openapi.handover import Source, Target, filled, matters, same_names
from generator.openapi.life import Asked, asked_for, known_states, most_ways, names_the_state
from generator.openapi.names import summary
from generator.openapi.shown import Shown, shown
from generator.openapi.taken import taken
from generator.operations import Operation, all_operations

Json = dict[str, Any]

# What a token for the `Authorization` header is called where tokens are given out.
BEARERS = ("access", "access_token")
WAYS = ("first", "second", "third")


@dataclass(frozen=True)
class Links:
    """The links of a whole document; what each operation takes is looked up once."""

    model: Model
    ids: Mapping[str, str]

    def of(self, operation: Operation) -> dict[str, Json]:
        """The links out of each of an operation's answers, by status."""
        found = {str(each.status): self._out_of(operation, each) for each in operation.action.returns}
        if operation.action.kind == "transition":
            found["409"] = dict(self._of_what_is_allowed(operation))
        return {status: links for status, links in found.items() if links}

    def _out_of(self, operation: Operation, result: Result) -> Json:
        source = Source(operation, result, shown(self.model, operation, result))
        links: Json = {}
        kinds = (self._of_records, self._where_it_is_shown, self._of_the_callers_own, self._of_names, self._of_token)
        for kind in kinds:
            for name, link in kind(source):
                links.setdefault(name, link)
        return links

    def _link(self, operation: Operation, said: Json, asked: Asked | None = None) -> tuple[str, Json]:
        """A link's name, and what it says: where it leads, what is handed over, and in one sentence what it does."""
        name, words = self.ids[operation.full_name], summary(self.model, operation)
        narrowed = [each.removeprefix("query.") for each in said.get("parameters", {}) if each.startswith("query.")]
        words += f" with this `{narrowed[0]}`" if narrowed else ""
        if asked is not None and asked.state:
            name, words = f"{name}_to_{asked.state}", f"{words}: to `{asked.state}`"
        return name, {"operationId": self.ids[operation.full_name], **said, "description": f"{words}."}

    # --- what is known of the operations ------------------------------------------------------

    @cached_property
    def targets(self) -> tuple[Target, ...]:
        """Every operation with what it takes of records."""
        return tuple(Target(each, taken(self.model, each)) for each in all_operations(self.model))

    @cached_property
    def takers(self) -> Mapping[str, list[Target]]:
        """The operations that take something of a resource's records, by its name."""
        found: dict[str, list[Target]] = {}
        for target in self.targets:
            for name in dict.fromkeys(each.resource for each in target.takes):
                found.setdefault(name, []).append(target)
        return found

    @cached_property
    def by_owner(self) -> Mapping[str, list[Target]]:
        """The operations of each resource, by its name."""
        found: dict[str, list[Target]] = {}
        for target in self.targets:
            found.setdefault(target.owner.name, []).append(target)
        return found

    # --- records ------------------------------------------------------------------------------

    def _of_records(self, source: Source) -> Iterator[tuple[str, Json]]:
        """What can be done with the records that an answer shows."""
        for record in source.shown:
            for target in self.takers.get(record.resource.name, ()):
                if matters(source, record, target):
                    yield from self._handed_over(source, record, target)

    def _handed_over(self, source: Source, record: Shown, target: Target) -> Iterator[tuple[str, Json]]:
        said = filled(self.model, source, record, target)
        if said is None:
            return
        states = known_states(source, record) if target.owner is record.resource else None
        for asked in asked_for(target.operation, states):
            yield self._link(target.operation, said | ({"requestBody": asked.body} if asked.body else {}), asked)

    def _where_it_is_shown(self, source: Source) -> Iterator[tuple[str, Json]]:
        """Where a record that was just made below another one can be seen."""
        above = source.operation.action.parameters
        if not source.made or not source.shown or not above:
            return
        said = {"parameters": {each.name: f"$request.path.{each.name}" for each in above}}
        for target in self.takers[above[-1].resource]:
            action = target.operation.action
            looks = target.operation.method == "GET" and action.parameters == above
            if looks and self._shows(target.operation, source.shown[0].resource):
                yield self._link(target.operation, said)

    def _shows(self, operation: Operation, resource: Resource) -> bool:
        answers = (shown(self.model, operation, each) for each in operation.action.returns)
        return any(one.resource is resource for records in answers for one in records)

    # --- callers ------------------------------------------------------------------------------

    def _of_the_callers_own(self, source: Source) -> Iterator[tuple[str, Json]]:
        """What else there is to do with the one record that a caller has, after something was put there."""
        if not source.made or not _is_callers_own(source.operation):
            return
        for target in self.by_owner[source.owner.name]:
            is_other = target.operation.full_name != source.operation.full_name
            if is_other and _is_callers_own(target.operation) and target.needs_nothing:
                yield self._link(target.operation, {})

    def _of_names(self, source: Source) -> Iterator[tuple[str, Json]]:
        """Actions whose body is made of members of the answer, and of the request that led to it."""
        for target in self.by_owner[source.owner.name]:
            action = target.operation.action
            body = same_names(self.model, source, target) if action.kind == "action" else None
            if body and not action.parameters:
                yield self._link(target.operation, {"requestBody": body})

    def _of_token(self, source: Source) -> Iterator[tuple[str, Json]]:
        """What a new token opens of the caller's own. A link cannot hand over the header that is made of it."""
        token = next((each for each in BEARERS if each in source.members(self.model)), None)
        if token is None or self.model.actor is None or source.owner.name != self.model.actor.resource:
            return
        for target in self.by_owner[source.owner.name]:
            operation = target.operation
            if operation.method == "GET" and _is_callers_own(operation) and not access(self.model, operation).refuses:
                name, link = self._link(operation, {})
                yield name, link | {"description": f"{link['description']} With `{token}` as its bearer token."}

    # --- states -------------------------------------------------------------------------------

    def _of_what_is_allowed(self, operation: Operation) -> Iterator[tuple[str, Json]]:
        """Where a transition is refused, the answer says where the record can be taken: there."""
        machine, above = machine_of(operation.resource), operation.action.parameters
        parameters = {each.name: f"$request.path.{each.name}" for each in above}
        for target in self.by_owner[operation.resource.name]:
            if not names_the_state(target.operation) or target.operation.action.parameters != above:
                continue
            for number in range(min(most_ways(machine), len(WAYS))):
                body = {machine.field: f"$response.body#/allowed_transitions/{number}"}
                name, link = self._link(target.operation, {"parameters": parameters, "requestBody": body})
                words = f"{summary(self.model, target.operation)}: to the {WAYS[number]} state that it can be taken to."
                yield f"{name}_to_{WAYS[number]}_allowed", link | {"description": words}


def _is_callers_own(operation: Operation) -> bool:
    """Whether it is about a record that there is one of for each caller, so that the path need not name it."""
    action = operation.action
    single = operation.resource.singleton is not None or (action.on == "collection" and action.scope is not None)
    return single and not action.parameters and action.kind != "list"
