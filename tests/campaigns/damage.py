"""The mutants of a Python file: one operator, constant, condition or statement changed in its syntax tree."""

from __future__ import annotations

import ast
import copy
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

Replacement = ast.AST
COMPARED: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Lt: (ast.LtE, ast.Gt),
    ast.LtE: (ast.Lt, ast.GtE),
    ast.Gt: (ast.GtE, ast.Lt),
    ast.GtE: (ast.Gt, ast.LtE),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
}
COMPUTED: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Add,
    ast.BitOr: ast.BitAnd,
    ast.BitAnd: ast.BitOr,
    ast.FloorDiv: ast.Mult,
    ast.Pow: ast.Mult,
}
SWAPPED = {
    "min": "max",
    "max": "min",
    "all": "any",
    "any": "all",
    "issuperset": "isdisjoint",
    "isdisjoint": "issuperset",
}
WORDS = {"<": "<=", "<=": "<", "=": "<="}  # the relations of rows, which are strings
CHECKS = ("require", "expect", "_consistent")
NOT_LOOKED_AT = ("pay", "_pay", "pay_for_rows", "pay_to_compare")  # what is charged has tests of its own


@dataclass(frozen=True)
class Mutant:
    """key: file, function, and the statement before and after."""

    path: Path
    key: str
    tree: ast.Module


def mutants(path: Path, root: Path) -> Iterator[Mutant]:
    """Every mutant of a file, each named once."""
    tree, seen = ast.parse(path.read_text("utf-8")), set[str]()
    parents = {child: node for node in ast.walk(tree) for child in ast.iter_child_nodes(node)}
    for where, old, new in _changes(tree):
        changed, said = _made(parents, old, new)
        key = f"{path.relative_to(root).as_posix()} {where}: {said}"
        if said and key not in seen:
            seen.add(key)
            yield Mutant(path, key, changed)


def _changes(tree: ast.Module) -> Iterator[tuple[str, ast.AST, Replacement]]:
    """(function, node, what takes its place)."""
    waiting: list[tuple[str, ast.AST]] = [("", tree)]
    while waiting:
        where, node = waiting.pop()
        if isinstance(node, ast.If) and "__name__" in ast.unparse(node.test):
            continue
        if isinstance(node, ast.FunctionDef) and node.name in NOT_LOOKED_AT[1:]:
            continue
        if isinstance(node, (ast.FunctionDef, ast.ClassDef)):
            where = f"{where}.{node.name}".strip(".")
        yield from ((where, node, new) for new in _replacements(node))
        waiting += [(where, child) for child in _children(node)]


def _children(node: ast.AST) -> list[ast.AST]:
    """Without messages, annotations, docstrings, and what is only counted."""
    if isinstance(node, ast.Call) and _called(node) in NOT_LOOKED_AT:
        return []
    if isinstance(node, ast.Call) and _called(node) in CHECKS:
        return [*node.args[:-1]]
    if isinstance(node, ast.keyword) and node.arg == "strict":  # of zip: the lengths are known there
        return []
    if isinstance(node, (ast.JoinedStr, ast.Raise, ast.arg, ast.Import, ast.ImportFrom)):
        return []
    if isinstance(node, ast.AnnAssign):
        return [node.value] if node.value else []
    if isinstance(node, ast.FunctionDef):
        return [*node.body, *node.args.defaults, *node.decorator_list]
    return list(ast.iter_child_nodes(node))


def _called(node: ast.Call) -> str:
    return (
        node.func.id
        if isinstance(node.func, ast.Name)
        else node.func.attr
        if isinstance(node.func, ast.Attribute)
        else ""
    )


def _replacements(node: ast.AST) -> Iterator[Replacement]:
    """What one node may be changed to."""
    if isinstance(node, ast.Compare):
        yield from _compared(node)
    elif isinstance(node, ast.BoolOp):
        yield ast.BoolOp(ast.Or() if isinstance(node.op, ast.And) else ast.And(), node.values)
        yield from node.values
    elif isinstance(node, ast.BinOp) and type(node.op) in COMPUTED:
        yield ast.BinOp(node.left, COMPUTED[type(node.op)](), node.right)
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, (ast.Not, ast.USub)):
        yield node.operand
    elif isinstance(node, ast.Constant):
        yield from _constants(node)
    elif isinstance(node, ast.Name) and node.id in SWAPPED:
        yield ast.Name(SWAPPED[node.id], node.ctx)
    elif isinstance(node, ast.Attribute) and node.attr in SWAPPED:
        yield ast.Attribute(node.value, SWAPPED[node.attr], node.ctx)
    elif isinstance(node, ast.IfExp):
        yield ast.IfExp(ast.UnaryOp(ast.Not(), node.test), node.body, node.orelse)
    elif isinstance(node, (ast.If, ast.While)):
        yield _with(node, test=ast.UnaryOp(ast.Not(), node.test))
    elif isinstance(node, ast.comprehension) and node.ifs:
        yield _with(node, ifs=[])
    elif isinstance(node, (ast.Expr, ast.AugAssign)) and _is_step(node):
        yield ast.Pass()


def _compared(node: ast.Compare) -> Iterator[Replacement]:
    for k, op in enumerate(node.ops):
        for other in COMPARED[type(op)]:
            yield ast.Compare(node.left, [*node.ops[:k], other(), *node.ops[k + 1 :]], node.comparators)


def _constants(node: ast.Constant) -> Iterator[Replacement]:
    if node.value is True or node.value is False:
        yield ast.Constant(not node.value)
    elif isinstance(node.value, int):
        yield ast.Constant(node.value + 1)
        if node.value:
            yield ast.Constant(node.value - 1)
    elif node.value in WORDS:
        yield ast.Constant(WORDS[node.value])


def _is_step(node: ast.Expr | ast.AugAssign) -> bool:
    """A statement that does something, and is not a payment."""
    if isinstance(node, ast.AugAssign):
        return True
    return isinstance(node.value, ast.Call) and _called(node.value) not in NOT_LOOKED_AT


def _with(node: ast.AST, **fields: object) -> ast.AST:
    changed = copy.copy(node)
    for name, value in fields.items():
        setattr(changed, name, value)
    return changed


def _made(parents: dict[ast.AST, ast.AST], old: ast.AST, new: ast.AST) -> tuple[ast.Module, str]:
    """The module with the new node in the place of the old one, and the innermost statement around it, both ways."""
    said = ""
    while not isinstance(old, ast.Module):
        if isinstance(old, ast.stmt) and not said and (before := _head(old)) != (after := _head(new)):
            said = f"{before} => {after}"
        parent = parents[old]
        fields = {name: _field(value, old, new) for name, value in ast.iter_fields(parent)}
        old, new = parent, _with(parent, **fields)
    if not isinstance(new, ast.Module):
        raise TypeError("a module stays a module")
    return new, said


def _field(value: object, old: ast.AST, new: ast.AST) -> object:
    if isinstance(value, list):
        return [new if entry is old else entry for entry in value]
    return new if value is old else value


def _head(node: ast.AST) -> str:
    """A statement's first line, or all of a simple one."""
    if isinstance(node, (ast.FunctionDef, ast.ClassDef, ast.If, ast.For, ast.While, ast.Try, ast.With)):
        empty = {
            name: [ast.Pass()] if name == "body" else []
            for name in ("body", "orelse", "finalbody")
            if hasattr(node, name)
        }
        return ast.unparse(_with(node, **empty)).split("\n    pass")[0].replace("\n", " ")
    return ast.unparse(node).replace("\n", " ")
