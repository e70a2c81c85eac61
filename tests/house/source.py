"""Read the program's own source, for the tests that keep the house."""

import ast
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "diversion"
Function = ast.FunctionDef | ast.AsyncFunctionDef


@cache
def tracked() -> tuple[Path, ...]:
    """Return every file of the project: what git tracks, or all but what is made."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    names = listed.stdout.split("\n") if listed.returncode == 0 else []
    found = [ROOT / name for name in names if name] or list(ROOT.rglob("*"))
    return tuple(path for path in found if path.is_file())


@cache
def modules() -> tuple[Path, ...]:
    """Return the modules of the program, migrations left out."""
    return tuple(
        path
        for path in sorted(PACKAGE.rglob("*.py"))
        if "versions" not in path.parts and "__pycache__" not in path.parts
    )


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def functions(path: Path) -> Iterator[Function]:
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def length(function: Function) -> int:
    """Count lines from the name to the end, docstring and blank lines included."""
    return (function.end_lineno or function.lineno) - function.lineno + 1


def calls(node: ast.AST) -> Iterator[str]:
    """Yield the dotted name of everything called inside `node`."""
    for inner in ast.walk(node):
        if isinstance(inner, ast.Call) and isinstance(inner.func, ast.Name | ast.Attribute):
            yield ast.unparse(inner.func)


def short(path: Path) -> str:
    return str(path.relative_to(ROOT))
