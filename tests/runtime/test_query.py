"""A list's query string becomes a plan, or a 400 that names every fault."""

from __future__ import annotations

import base64
import datetime as dt
import json
from typing import Any
from urllib.parse import quote

import pytest

from runtime.application import Sql
from runtime.errors import Problem
from runtime.reads import Bind, Filter, ListRead, Pages, SortKey
from runtime.reads.cursors import write_cursor
from runtime.reads.query import KEPT_PLANS, PAGE_MAX, Plans, ReadPlan, plan_read

TRUE = Sql.same("true")
READ = ListRead(
    name="book.list",
    table="book",
    key="id",
    key_type="id",
    body=TRUE,
    filters=(
        Filter("min_price", TRUE, (Bind("filter_min_price", "decimal", places=2),)),
        Filter("kind", TRUE, (Bind("filter_kind", "enum", values=("novel", "poem")),), many=True),
        Filter("tags", TRUE, (Bind("filter_tags", "string"),), many=True, separator=","),
        Filter("shelf", TRUE, (Bind("filter_shelf_slug", "string"), Bind("filter_shelf_id", "id")), many=True),
        Filter("owner", TRUE, (Bind("filter_owner", "id"),)),
        Filter("state", TRUE, (Bind("filter_state", "enum", values=("new", "used")),), any="all"),
        Filter("hues", TRUE, (Bind("filter_hues", "integer"),), many=True, separator=";", any="all"),
        Filter("lent", TRUE, (Bind("filter_lent", "boolean"),)),
        Filter("after", TRUE, (Bind("filter_after", "datetime"),)),
    ),
    search=TRUE,
    sorts=(
        SortKey("title", TRUE, "string"),
        SortKey("price", TRUE, "integer"),
        SortKey("read_at", TRUE, "datetime", nullable=True),
        SortKey("added_at", TRUE, "datetime", offered=False),
    ),
    default_sort=("-added_at",),
    pages=Pages(default=20, max=50),
)
PLAIN = ListRead(name="plain.list", table="plain", key="id", key_type="uuid", body=TRUE, pages=Pages(cursor=False))


def faults(query: str, read: ListRead = READ) -> dict[str, list[str]]:
    """The faults of a query that has some."""
    with pytest.raises(Problem) as caught:
        plan_read(read, query)
    assert (caught.value.status, caught.value.code) == (400, "INVALID_INPUT")
    return caught.value.errors


def cursor_of(plan: ReadPlan, *values: Any, backward: bool = False) -> str:
    """A cursor of the plan's order at a row with these sort values."""
    made = write_cursor(plan.shape.order, json.dumps(values), backward=backward)
    assert made is not None
    return made


def test_an_empty_query_takes_every_default() -> None:
    plan = plan_read(READ, "")
    assert plan.shape.size == 20
    assert plan.shape.order == (("added_at", True),)
    assert plan.page is None
    assert plan.shape.keys
    assert not plan.values


def test_a_list_without_cursors_is_on_page_one() -> None:
    plan = plan_read(PLAIN, "cursor=whatever&ordering=x&search=y")
    assert plan.page == 1
    assert not plan.shape.keys
    assert not plan.shape.search


def test_values_are_read_by_their_types() -> None:
    plan = plan_read(READ, "min_price=19.9&owner=7&lent=yes&after=2026-01-31T12:00:00%2B01:00")
    assert plan.values == {
        "filter_min_price": 1990,
        "filter_owner": 7,
        "filter_lent": True,
        "filter_after": dt.datetime(2026, 1, 31, 11, tzinfo=dt.UTC),
    }
    assert plan.shape.filters == ("min_price", "owner", "lent", "after")


def test_repeated_and_separated_values_become_one_array() -> None:
    plan = plan_read(READ, "kind=novel&kind=poem&tags=a,b&tags=c+d")
    assert plan.values["filter_kind"] == ["novel", "poem"]
    assert plan.values["filter_tags"] == ["a", "b", "c d"]


@pytest.mark.parametrize("query", ["state=all", "hues=all", "hues=3;all;4", "hues=7&hues=all"])
def test_the_word_for_every_value_narrows_nothing(query: str) -> None:
    plan = plan_read(READ, query)
    assert (plan.shape.filters, plan.values) == ((), {})


def test_beside_the_word_for_every_value_others_must_be_right() -> None:
    assert set(faults("hues=all;red&state=all&state=new")) == {"hues", "state"}
    assert set(faults("state=every&hues=All")) == {"hues", "state"}


def test_a_value_of_two_types_counts_where_it_can() -> None:
    plan = plan_read(READ, "shelf=top&shelf=12")
    assert plan.values["filter_shelf_slug"] == ["top", "12"]
    assert plan.values["filter_shelf_id"] == [12]


def test_unknown_names_are_ignored() -> None:
    assert plan_read(READ, "utm_source=x&added_at=1").shape == plan_read(READ, "").shape


def test_all_faults_are_named_at_once() -> None:
    found = faults("min_price=a&kind=opera&page_size=0&ordering=weight&count=all&page=0&lent=maybe")
    assert set(found) == {"min_price", "kind", "page_size", "ordering", "count", "page", "lent"}


@pytest.mark.parametrize("name", ["page", "page_size", "ordering", "search", "count", "cursor", "min_price", "lent"])
def test_single_parameters_are_given_once(name: str) -> None:
    assert faults(f"{name}=1&{name}=1")[name] == ["Must be given once."]


@pytest.mark.parametrize("value", ["0", "-1", "1.5", "x", "", "9007199254740992", "9" * 50, "%EF%BC%91"])
def test_pages_are_whole_and_bounded(value: str) -> None:
    assert set(faults(f"page={value}")) == {"page"}


def test_the_last_page_still_has_an_offset_of_63_bits() -> None:
    plan = plan_read(READ, f"page={PAGE_MAX}&page_size=50")
    assert plan.values["offset"] < 2**63
    assert plan.page == PAGE_MAX


@pytest.mark.parametrize("value", ["0", "51", "-1", "ten"])
def test_page_sizes_are_bounded(value: str) -> None:
    assert set(faults(f"page_size={value}")) == {"page_size"}


def test_few_statements_serve_all_page_sizes() -> None:
    shapes = {plan_read(READ, f"page_size={size}").shape for size in range(1, 51)}
    assert len(shapes) == 3
    assert plan_read(READ, "page_size=20").shape == plan_read(READ, "").shape
    assert plan_read(READ, "page_size=21").values == {"size": 21}


def test_a_cursor_says_more_than_page_and_ordering() -> None:
    """It knows its order, so that whatever else was said, the walk goes on where it was."""
    cursor = cursor_of(plan_read(READ, "ordering=-price"), 5, 1)
    alone = plan_read(READ, f"ordering=-price&cursor={cursor}")
    for query in (f"page=2&cursor={cursor}", f"cursor={cursor}", f"ordering=title&cursor={cursor}"):
        plan = plan_read(READ, query)
        assert (plan.shape, plan.values, plan.page) == (alone.shape, alone.values, None)


@pytest.mark.parametrize("other", ["page=0", "page=x", "ordering=weight"])
def test_beside_a_cursor_page_and_ordering_must_still_be_right(other: str) -> None:
    cursor = cursor_of(plan_read(READ, ""), "2026-01-01T00:00:00Z", 1)
    assert set(faults(f"{other}&cursor={cursor}")) == {other.partition("=")[0]}


def test_orders_may_mix_directions() -> None:
    assert plan_read(READ, "ordering=-price,title").shape.order == (("price", True), ("title", False))


def test_the_first_mention_in_an_order_counts() -> None:
    assert plan_read(READ, "ordering=price,-price").shape.order == (("price", False),)


@pytest.mark.parametrize("value", ["added_at", "--price", "price,", "", "price;title", "Price", "-"])
def test_only_offered_orders_are_taken(value: str) -> None:
    assert set(faults(f"ordering={value}")) == {"ordering"}


def test_search_words_are_plain_characters() -> None:
    plan = plan_read(READ, "search=" + quote(" 50%  off_ A\\b 50% "))
    assert plan.values["search_words"] == ["50%", "off_", "a\\b"]
    assert plan.values["search_patterns"] == [r"%50\%%", r"%off\_%", r"%A\\b%"]


def test_a_search_for_nothing_is_no_search() -> None:
    assert not plan_read(READ, "search=+++").shape.search


def test_searches_are_bounded() -> None:
    assert set(faults("search=" + "x" * 201)) == {"search"}


def test_filters_are_bounded() -> None:
    assert set(faults("&".join(["kind=novel"] * 101))) == {"kind"}


@pytest.mark.parametrize("value", ["1e400", "NaN", "92233720368547758.08", "1.999", "Infinity"])
def test_decimals_must_be_exact_and_fit(value: str) -> None:
    assert set(faults(f"min_price={value}")) == {"min_price"}


@pytest.mark.parametrize("text", ["%00", "a%00b", "%ED%A0%80", "%FF", "%C0%80", "%zz", "%", "\udc80"])
def test_no_parameter_may_hold_what_is_not_text(text: str) -> None:
    assert set(faults(f"anything={text}")) == {"anything"}


def test_cursors_come_back_as_values() -> None:
    first = plan_read(READ, "ordering=-price,read_at")
    plan = plan_read(READ, f"ordering=-price,read_at&cursor={cursor_of(first, 1990, None, 7)}")
    assert plan.values == {"cursor_1": 1990, "cursor_3": 7}
    assert plan.shape.cursor == (False, True, False)
    assert not plan.shape.backward


def test_cursors_know_their_direction() -> None:
    first = plan_read(READ, "ordering=title")
    plan = plan_read(READ, f"ordering=title&cursor={cursor_of(first, 'Ö', 7, backward=True)}")
    assert plan.values == {"cursor_1": "Ö", "cursor_2": 7}
    assert plan.shape.backward


def encoded(document: object) -> str:
    """Any JSON as a cursor would hold it."""
    return base64.urlsafe_b64encode(json.dumps(document).encode()).decode().rstrip("=")


GOOD = ["-added_at", 0, "2026-01-01T00:00:00+00:00", 7]


def test_the_good_cursor_is_good() -> None:
    assert plan_read(READ, f"cursor={encoded(GOOD)}").values["cursor_2"] == 7


@pytest.mark.parametrize(
    "cursor",
    [
        "",
        "!",
        "a",
        encoded(GOOD)[:-3],
        encoded(GOOD) + "AAAA",
        encoded(["-weight", *GOOD[1:]]),
        encoded(["--added_at", *GOOD[1:]]),
        encoded(["-added_at,", *GOOD[1:]]),
        encoded(["added_at,-added_at", 0, GOOD[2], GOOD[2], 7]),
        encoded(["", *GOOD[1:]]),
        encoded([7, *GOOD[1:]]),
        encoded(["-added_at", 2, *GOOD[2:]]),
        encoded(["-added_at", 0, "2026-01-01T00:00:00+00:00"]),
        encoded([*GOOD, 1]),
        encoded([*GOOD[:3], None]),
        encoded([*GOOD[:3], "7"]),
        encoded([*GOOD[:3], 7.0]),
        encoded([*GOOD[:3], True]),
        encoded([*GOOD[:3], 2**63]),
        encoded([*GOOD[:2], None, 7]),
        encoded([*GOOD[:2], "yesterday", 7]),
        encoded([*GOOD[:2], {}, 7]),
        encoded({"a": 1}),
        encoded(1),
        "W" * 5000,
        encoded([[[[[]]]]] * 500)[:3999],
        base64.urlsafe_b64encode(b"[" * 2900).decode().rstrip("="),
        base64.urlsafe_b64encode(b"\xff\xfe").decode().rstrip("="),
        base64.urlsafe_b64encode(b"[NaN]").decode().rstrip("="),
    ],
)
def test_other_cursors_are_faults(cursor: str) -> None:
    assert set(faults(f"cursor={quote(cursor)}")) == {"cursor"}


@pytest.mark.parametrize("text", ['"\\u0000"', '"\\ud800"'])
def test_texts_in_cursors_are_texts(text: str) -> None:
    cursor = base64.urlsafe_b64encode(f'["title",0,{text},7]'.encode()).decode().rstrip("=")
    assert set(faults(f"ordering=title&cursor={cursor}")) == {"cursor"}


def test_plans_are_kept_and_bounded() -> None:
    plans = Plans(limit=3)
    first = plans.plan(READ, "page=1")
    assert plans.plan(READ, "page=1") is first
    assert plans.plan(PLAIN, "page=1") is not first
    for page in range(2, 10):
        plans.plan(READ, f"page={page}")
    assert len(plans.kept) == 3
    assert KEPT_PLANS > 100
