"""The documentation page: complete in itself, and safe to serve."""

from __future__ import annotations

import re

from runtime import pages


def test_what_the_page_names_is_there() -> None:
    page = pages.page("A title", "/api/openapi.json", "/somewhere").decode()
    names = re.findall(r'"/somewhere/([^"]+)"', page)
    assert set(names) == set(pages.FILES)
    for name in names:
        asset = pages.asset(name)
        assert asset is not None
        assert asset.content


def test_a_title_is_text() -> None:
    page = pages.page('<script>alert(1)</script> & "more"', '/x?a=1&b="2"').decode()
    assert "<script>alert" not in page
    assert 'data-openapi="/x?a=1&amp;b=&quot;2&quot;"' in page


def test_nothing_comes_from_another_host_and_no_script_is_inline() -> None:
    policy = pages.CONTENT_SECURITY_POLICY
    assert "default-src 'none'" in policy
    assert "http" not in policy
    script = next(each for each in policy.split("; ") if each.startswith("script-src"))
    assert script == "script-src 'self'"
    own = [pages.asset(name) for name in ("docs.css", "docs.js", "icon.svg")]
    assert all(asset and not re.search(rb"(url\(|src=|@import)", asset.content) for asset in own)


def test_compressed_assets_have_a_plain_form_of_their_own() -> None:
    packed = pages.asset("swagger-ui-bundle.js")
    assert packed is not None
    plain = packed.plain()
    assert (packed.encoding, plain.encoding) == ("gzip", None)
    assert packed.etag != plain.etag
    assert len(plain.content) > 3 * len(packed.content)
    assert plain.plain() is plain


def test_nothing_else_is_served() -> None:
    for name in ("", "..", "__init__.py", "docs.html", "vendor/LICENSE", "/etc/passwd"):
        assert pages.asset(name) is None
