"""The house keeps its own rules: one commit, one clock, small files, small functions."""

import ast
import statistics
from pathlib import Path

import grimp
import pytest

from tests.house import source

COMMITS = {"diversion/core/database.py"}
CLOCKS = {"diversion/core/clock.py"}
FORBIDDEN_NAMES = {"utils", "util", "helpers", "helper", "common", "manager", "managers", "misc"}


def _calling(*names: str) -> set[str]:
    return {
        source.short(path)
        for path in source.modules()
        for called in source.calls(source.tree(path))
        if called in names or called.rpartition(".")[2] in names
    }


def test_one_place_commits() -> None:
    assert _calling("session.commit", "commit") == COMMITS


def test_one_place_reads_the_clock() -> None:
    readers = {
        source.short(path)
        for path in source.modules()
        for called in source.calls(source.tree(path))
        if called
        in {"datetime.now", "datetime.utcnow", "date.today", "datetime.today", "time.time"}
    }
    assert readers == CLOCKS


def test_no_function_opens_two_transactions_and_no_service_opens_one() -> None:
    wrong = [
        f"{source.short(path)}:{function.name}"
        for path in source.modules()
        for function in source.functions(path)
        for opened in [[c for c in source.calls(function) if c in {"transaction", "reading"}]]
        if len(opened) > len(set(opened)) or (opened and path.name in {"services.py", "rules.py"})
    ]
    assert wrong == []


def test_no_import_stands_inside_a_function() -> None:
    inside = [
        f"{source.short(path)}:{function.name}"
        for path in source.modules()
        for function in source.functions(path)
        if any(isinstance(node, ast.Import | ast.ImportFrom) for node in ast.walk(function))
    ]
    assert inside == []


def test_only_the_app_meets_both_tracks() -> None:
    graph = grimp.build_graph("diversion", cache_dir=None)
    tracks = ("diversion.community_court", "diversion.sbad")
    both = {
        module
        for module in graph.modules
        if all(
            any(name.startswith(track) for name in graph.find_modules_directly_imported_by(module))
            for track in tracks
        )
    }
    assert both <= {"diversion.app"}


def _lines(path: Path) -> int:
    return sum(bool(line.strip()) for line in path.read_text(encoding="utf-8").splitlines())


def test_files_are_small() -> None:
    sizes = {source.short(p): _lines(p) for p in source.modules() if p.name != "__init__.py"}
    assert {name: size for name, size in sizes.items() if size > 250} == {}
    assert statistics.median(sizes.values()) <= 60


def test_functions_are_small() -> None:
    sizes = {
        f"{source.short(path)}:{function.name}": source.length(function)
        for path in source.modules()
        for function in source.functions(path)
    }
    assert {name: size for name, size in sizes.items() if size > 40} == {}
    assert statistics.median(sizes.values()) <= 8


def test_nine_views_of_ten_have_at_most_twenty_lines() -> None:
    sizes = sorted(
        source.length(function)
        for path in source.modules()
        for function in source.functions(path)
        if any("route(" in ast.unparse(d) for d in function.decorator_list)
    )
    if sizes:
        assert sizes[int(len(sizes) * 0.9) - 1] <= 20


def test_every_module_says_what_it_is_for() -> None:
    silent = [
        source.short(path)
        for path in source.modules()
        if path.name != "__init__.py" and not ast.get_docstring(source.tree(path))
    ]
    assert silent == []


def test_most_public_functions_say_what_they_are_for() -> None:
    public = [
        function
        for path in source.modules()
        for function in source.functions(path)
        if not function.name.startswith("_")
    ]
    told = [function for function in public if ast.get_docstring(function)]
    assert len(told) >= 0.6 * len(public)


@pytest.mark.parametrize("path", source.modules(), ids=source.short)
def test_no_module_has_a_name_that_says_nothing(path: Path) -> None:
    assert not {part.removesuffix(".py") for part in path.parts} & FORBIDDEN_NAMES


def test_every_ignored_check_gives_its_reason() -> None:
    silent = [
        f"{source.short(path)}:{number}"
        for path in source.modules()
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if ("noqa" in line or "type: ignore" in line) and "(" not in line.rpartition("#")[2]
    ]
    assert silent == []
