"""The Link header names a page's neighbours, and only what the request itself said."""

from __future__ import annotations

from runtime.reads.assembly import ListRow
from runtime.reads.links import link_header
from runtime.reads.query import plan_read
from tests.runtime.test_query import PLAIN, READ

PATH = "/api/library/books/"


def row(*, more: bool = False, near: str | None = None, far: str | None = None) -> ListRow:
    """What a list's statement says of its page."""
    return ListRow("[]", more, near, far, None, True)


def links(header: str) -> dict[str, str]:
    """Relation → reference."""
    parts = [part.split("; rel=") for part in header.split(", ")]
    return {name.strip('"'): reference.strip("<>") for reference, name in parts}


def test_numbered_pages_have_numbered_neighbours() -> None:
    plan = plan_read(READ, "page=3&page_size=10")
    assert links(link_header(PATH, plan, row(more=True))) == {
        "first": f"{PATH}?page_size=10&page=1",
        "prev": f"{PATH}?page_size=10&page=2",
        "next": f"{PATH}?page_size=10&page=4",
    }


def test_the_first_and_last_page_end_the_chain() -> None:
    assert links(link_header(PATH, plan_read(PLAIN, ""), row())) == {"first": f"{PATH}?page=1"}


def test_the_other_parameters_are_repeated_encoded() -> None:
    plan = plan_read(READ, "search=caf%C3%A9%22%3E&x=%0D%0A&page=2&kind=novel&kind=poem")
    first = links(link_header(PATH, plan, row()))["first"]
    assert first == f"{PATH}?search=caf%C3%A9%22%3E&x=%0D%0A&kind=novel&kind=poem&page=1"


def test_the_path_cannot_break_out_of_its_brackets() -> None:
    header = link_header('/a>; rel="next", <b\r\n', plan_read(PLAIN, ""), row())
    assert header == '</a%3E;%20rel=%22next%22,%20%3Cb%0D%0A?page=1>; rel="first"'


def test_cursors_lead_there_and_back() -> None:
    first = links(link_header(PATH, plan_read(READ, "ordering=price"), row(more=True, near="[1,1]", far="[2,2]")))
    assert set(first) == {"first", "next"}
    second = plan_read(READ, first["next"].split("?")[1])
    assert second.values == {"cursor_1": 2, "cursor_2": 2}
    onward = links(link_header(PATH, second, row(more=False, near="[3,3]", far=None)))
    assert set(onward) == {"first", "prev"}
    back = plan_read(READ, onward["prev"].split("?")[1])
    assert back.shape.backward
    assert back.values == {"cursor_1": 3, "cursor_2": 3}


def test_read_backwards_the_near_end_is_the_last_row() -> None:
    plan = plan_read(READ, "ordering=price")
    back = links(link_header(PATH, plan, row(more=True, near="[5,5]", far="[9,9]")))["next"]
    forward = plan_read(READ, back.split("?")[1])
    page = links(link_header(PATH, forward, row(more=False, near="[10,10]")))
    backward = plan_read(READ, page["prev"].split("?")[1])
    found = links(link_header(PATH, backward, row(more=True, near="[9,9]", far="[5,5]")))
    assert plan_read(READ, found["next"].split("?")[1]).values == {"cursor_1": 9, "cursor_2": 9}
    assert plan_read(READ, found["prev"].split("?")[1]).values == {"cursor_1": 5, "cursor_2": 5}
    at_the_start = links(link_header(PATH, backward, row(more=False, near="[9,9]", far=None)))
    assert set(at_the_start) == {"first", "next"}


def test_the_first_page_by_cursor_has_no_position() -> None:
    plan = plan_read(READ, "page_size=5")
    assert links(link_header(PATH, plan, row()))["first"] == f"{PATH}?page_size=5"


def test_a_position_too_long_to_hand_back_gives_no_link() -> None:
    plan = plan_read(READ, "ordering=title")
    far = '["' + "x" * 4000 + '",1]'
    assert set(links(link_header(PATH, plan, row(more=True, near=far, far=far)))) == {"first"}
