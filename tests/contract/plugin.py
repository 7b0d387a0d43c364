"""A pytest plugin: tests claim promises, and a run of the whole suite fails where one is not kept by any.

A promise is covered by the tests that claim it: at least one has to pass, and none may fail or be left out. So a test
that runs once on each database covers its promises only if it passes on both.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Generator, Iterable
from dataclasses import dataclass, field

import pytest

from tests.contract.promises import promises

MARKER = "promise"
PASSED, FAILED = "passed", "failed"
NARROWING = ("keyword", "markexpr", "lf", "stepwise", "collectonly", "deselect", "ignore", "ignore_glob")


@dataclass(eq=False)
class Coverage:
    """What became of the tests that claim each promise; kept by the process that hears of all of them."""

    is_asked_for: bool
    outcomes: dict[str, dict[str, str]] = field(default_factory=lambda: defaultdict(dict))

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Note the outcome of a test; what any of its phases says against it counts."""
        for name, value in report.user_properties:
            if name == MARKER:
                known = self.outcomes[str(value)].get(report.nodeid)
                if not report.passed:
                    self.outcomes[str(value)][report.nodeid] = FAILED
                elif report.when == "call" and known is None:
                    self.outcomes[str(value)][report.nodeid] = PASSED

    def kept(self) -> list[str]:
        """The promises that are covered."""
        return [each for each in promises() if set(self.outcomes.get(each, {}).values()) == {PASSED}]

    def broken(self) -> list[str]:
        """The promises that are not."""
        kept = set(self.kept())
        return [each for each in promises() if each not in kept]

    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """A run of everything is no success where a promise is not covered; one that broke off tells nothing."""
        ended = session.exitstatus in (pytest.ExitCode.OK, pytest.ExitCode.TESTS_FAILED)
        self.is_asked_for = self.is_asked_for and ended and not session.shouldfail
        if self.is_asked_for and self.broken() and session.exitstatus == pytest.ExitCode.OK:
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """Say how many promises there are, and which of them nothing covers."""
        if not self.is_asked_for:
            return
        broken = self.broken()
        for each in broken:
            why = "no test claims it" if each not in self.outcomes else self.why_broken(each)
            terminalreporter.write_line(f"promise {each} is not covered, {why}: {promises()[each]}", red=True)
        if not broken:
            tests = {node for found in self.outcomes.values() for node in found}
            terminalreporter.write_line(f"contract: {len(promises())} promises, all covered by {len(tests):,} tests")

    def why_broken(self, promise: str) -> str:
        """The first test that did not pass, or that none ran."""
        failed = [node for node, outcome in self.outcomes[promise].items() if outcome == FAILED]
        return f"{failed[0]} did not pass" if failed else "no test that claims it ran"


def pytest_configure(config: pytest.Config) -> None:
    """Register the marker, and keep the books where all reports arrive."""
    config.addinivalue_line("markers", f"{MARKER}(*numbers): the test would fail if one of these promises were broken")
    if not hasattr(config, "workerinput"):
        config.pluginmanager.register(Coverage(_is_whole(config)), "contract-coverage")


def _is_whole(config: pytest.Config) -> bool:
    """Whether everything was asked for, and to be run."""
    narrowed = any(config.getoption(each, default=None) for each in NARROWING)
    return config.args_source is pytest.Config.ArgsSource.TESTPATHS and not narrowed


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(collector: pytest.Collector) -> Generator[None, pytest.CollectReport]:
    """A test that claims what nobody promised cannot be collected."""
    report = yield
    unknown = [
        f"{item.nodeid} claims promise {each!r}, which does not exist"
        for item in report.result or ()
        if isinstance(item, pytest.Item)
        for each in claimed(item)
        if each not in promises()
    ]
    if unknown:
        report.outcome = "failed"
        report.longrepr = "\n".join(unknown)
    return report


def pytest_collection_modifyitems(items: Iterable[pytest.Item]) -> None:
    """What a test claims travels with its reports, from the workers too."""
    for item in items:
        item.user_properties += [(MARKER, each) for each in claimed(item)]


def claimed(item: pytest.Item) -> list[str]:
    """The promises that a test claims, each once."""
    return sorted({str(each) for mark in item.iter_markers(MARKER) for each in mark.args})
