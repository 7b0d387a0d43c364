"""The rules of meaning: what a well-formed spec can still get wrong. One short function each; all are listed here.

A rule about one resource gets it beside the subject; the others are about the API as a whole. A rule yields what it
finds and never stops the others.
"""

from __future__ import annotations

from collections.abc import Mapping

from generator.diagnostics import Diagnostic
from generator.model import Model
from generator.rules import (
    access,
    actions,
    answers,
    companions,
    derived,
    errors,
    events,
    fields,
    files,
    idempotency,
    inputs,
    machines,
    meaning,
    metrics,
    names,
    objects,
    paths,
    queries,
    relations,
    seeds,
    shown,
    singletons,
)
from generator.rules.subject import ApiRule, ResourceRule, Subject
from generator.specs.nodes import MapNode

__all__ = ["API_RULES", "RESOURCE_RULES", "rule_faults"]

RESOURCE_RULES: tuple[ResourceRule, ...] = (
    names.resource_has_a_usable_name,
    names.members_have_usable_names,
    names.actions_have_usable_names,
    names.actions_have_names_of_their_own,
    names.filters_have_usable_names,
    names.members_have_names_of_their_own,
    names.inverses_have_names_of_their_own,
    names.constraints_have_names_of_their_own,
    names.policies_shadow_nothing,
    names.renames_are_done,
    fields.records_have_a_key,
    fields.fields_are_sound,
    fields.slugs_have_a_source,
    files.attachments_are_of_file_fields,
    files.siblings_are_sound,
    files.files_go_somewhere,
    objects.objects_end,
    objects.objects_shadow_nothing,
    objects.lists_that_are_taken_are_bounded,
    relations.relations_point_at_resources,
    relations.has_many_has_its_other_end,
    relations.has_many_is_sorted_by_what_there_is,
    relations.set_null_needs_null,
    relations.acyclic_is_about_itself,
    relations.set_actor_points_at_actors,
    relations.parent_is_a_belongs_to,
    relations.lookup_is_unique,
    companions.companions_accompany_a_belongs_to,
    companions.companions_go_with_theirs,
    companions.companions_are_one_each,
    companions.companions_need_nothing_else,
    companions.companions_are_counted_by_the_database,
    companions.companions_are_made_by_nobody_else,
    companions.companions_do_not_go_round,
    derived.aggregates_are_sound,
    derived.invariants_are_about_an_input,
    derived.identities_and_indexes_are_over_columns,
    events.events_count_counters,
    metrics.metrics_are_stored_numbers,
    metrics.metrics_are_kept_by_one,
    metrics.metrics_fit_their_fields,
    metrics.metrics_hold_whoever_asks,
    metrics.metrics_do_not_go_round,
    shown.items_show_something,
    shown.items_have_names_of_their_own,
    shown.trees_are_shown_whole,
    shown.public_reads_show_nothing_sensitive,
    queries.search_is_over_texts,
    queries.order_is_by_what_has_one,
    queries.order_fits_into_a_cursor,
    queries.pages_are_bounded,
    queries.filters_betray_nothing,
    queries.filters_use_their_value,
    queries.filters_look_up_what_there_is,
    queries.words_for_any_are_no_values,
    inputs.inputs_take_what_there_is,
    inputs.inputs_take_each_once,
    inputs.inputs_narrow,
    inputs.creations_are_complete,
    inputs.changes_leave_what_is_immutable,
    inputs.actions_use_known_inputs,
    actions.kinds_are_said,
    actions.keys_fit_the_kind,
    actions.forms_have_an_input,
    actions.mounts_fit_the_kind,
    actions.actions_at_collections_find_their_record,
    actions.methods_fit_the_kind,
    actions.names_in_actions_are_known,
    actions.guards_and_transitions_in_actions_are_known,
    actions.transitions_are_made_by_hooks,
    actions.guards_are_used,
    actions.actions_about_a_record_stand_at_it,
    actions.records_are_handed_over_in_a_transaction,
    actions.soft_deletions_set_columns,
    answers.answers_are_known,
    answers.shown_records_are_known,
    answers.transitions_answer_by_themselves,
    answers.answers_fit_the_kind,
    answers.constant_answers_stand_alone,
    answers.statuses_are_successes,
    answers.answers_are_told_apart,
    idempotency.keys_are_for_posts,
    idempotency.keys_are_kept_with_the_work,
    idempotency.keys_belong_to_somebody,
    errors.errors_are_errors,
    paths.actions_have_a_path,
    paths.nested_paths_are_relative,
    paths.parameters_name_records,
    paths.parameters_have_names_of_their_own,
    singletons.singletons_belong_to_callers,
    singletons.singletons_make_themselves,
    machines.states_are_values,
    machines.states_are_reached_and_left,
    machines.transitions_lead_elsewhere,
    machines.transitions_use_known_names,
    machines.transitions_write_columns,
    machines.transitions_can_be_made,
    machines.transitions_are_told_apart,
    machines.hooks_have_one_form,
    access.policies_find_a_record,
    access.input_policies_are_about_the_caller,
    seeds.seed_rows_are_records,
    meaning.expressions_mean_something,
)

API_RULES: tuple[ApiRule, ...] = (
    names.shared_policies_shadow_nothing,
    names.shared_names_are_usable,
    names.actor_is_a_resource,
    fields.shared_objects_are_sound,
    objects.shared_objects_end,
    fields.enums_have_values,
    shown.shapes_end,
    shown.shapes_are_told_apart,
    errors.codes_have_one_status,
    paths.routes_are_unique,
    meaning.shared_expressions_mean_something,
)


def rule_faults(model: Model, nodes: Mapping[str, MapNode]) -> list[Diagnostic]:
    """Everything that the rules have against a model; `nodes` are those that it was made of, by stem."""
    subject = Subject.of(model, nodes)
    found = [fault for rule in API_RULES for fault in rule(subject)]
    return found + [
        fault for resource in model.resources for rule in RESOURCE_RULES for fault in rule(subject, resource)
    ]
