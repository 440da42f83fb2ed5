r"""A drawing in the DOT language, and its layout by Graphviz's program `dot`.

Names enter only as quoted labels, with &, \ and quotes escaped; nodes have ids of our own. So no name is ever read as
DOT, as an escape such as \N or as an entity.
"""

from __future__ import annotations

import json
import subprocess
from typing import Any

from proofs.report.figures.errors import MissingTool
from proofs.report.figures.moves import MORE, SHUTDOWN, TRAINED, Arrow, Moves, Node
from proofs.report.figures.placed import Curve, Drawing, Point
from proofs.report.figures.style import GREEN, GREY, SMALL, TYPE, VERMILION

_SECONDS = 60
_GRAPH = "nodesep=0.14 ranksep=0.2 margin=0 pad=0"
_NODE = f'fontname="Courier" fontsize={TYPE} fixedsize=true shape=box style=rounded'
_EDGE = f'fontname="Courier" fontsize={0.9 * SMALL} arrowsize=0.5 color="{GREY}"'
_LOOKS = {SHUTDOWN: f' color="{VERMILION}" style=dashed', TRAINED: f' color="{GREEN}" penwidth=2'}
_RING = 4.0  # points that dot puts around a node for its second line
_LIFT = 1.5  # points between a label and the arrow below it
_HEADS = {0: " dir=none", 2: " dir=both"}


def dot_text(moves: Moves, across: bool = True) -> str:
    """across: laid out from left to right, else downwards."""
    first = next(node.key for node in moves.nodes if "new" in node.roles)
    lines = [f"graph [{_GRAPH} rankdir={'LR' if across else 'TB'}]", f"node [{_NODE}]", f"edge [{_EDGE}]"]
    lines.append(f"{{rank=source {first}}}")
    lines += [f"{node.key} [{_node(node)}]" for node in moves.nodes]
    lines += [f"{arrow.source} -> {arrow.target} [{_arrow(arrow, k)}]" for k, arrow in enumerate(moves.arrows)]
    return "digraph {\n" + "".join(f"  {line}\n" for line in lines) + "}\n"


def laid_out(moves: Moves, across: bool) -> Drawing:
    """By dot. Raises MissingTool."""
    found = json.loads(run_dot(dot_text(moves, across)))
    keys = {entry["_gvid"]: entry["name"] for entry in found["objects"] if "pos" in entry}
    nodes = {keys[entry["_gvid"]]: _point(entry["pos"]) for entry in found["objects"] if "pos" in entry}
    edges = {int(edge["id"]): edge for edge in found.get("edges", ())}
    lift = _LIFT if across else 0.0
    curves = (_curve(edges[k], arrow.label, lift) for k, arrow in enumerate(moves.arrows))
    _, _, wide, high = map(float, found["bb"].split(","))
    return Drawing(nodes, tuple(curves), (0, 0, wide, high))


def run_dot(text: str) -> str:
    """Graphviz's JSON. Raises MissingTool if there is no program dot, or if it fails."""
    try:
        done = subprocess.run(["dot", "-Tjson0"], input=text.encode(), capture_output=True, timeout=_SECONDS)
    except FileNotFoundError:
        raise MissingTool("the program dot is missing", "install Graphviz: apt install graphviz") from None
    except subprocess.TimeoutExpired:
        raise MissingTool(
            f"dot found no layout in {_SECONDS} s", "leave something out with --leave-out actions or --within 2"
        ) from None
    if done.returncode:
        message = done.stderr.decode(errors="replace").strip().splitlines() or ["no message"]
        raise MissingTool(f"dot fails: {message[0]}", "is Graphviz complete? apt install graphviz")
    return done.stdout.decode()


def quoted(text: str) -> str:
    """As a label of dot's."""
    plain = text.replace(r"\$", "$").replace("&", "&amp;").replace("\\", "\\\\").replace('"', '\\"')
    return '"' + plain.replace("\n", "\\n") + '"'


def _node(node: Node) -> str:
    outer = 2 * _RING if "recurrent" in node.roles else 0.0
    size = f"width={(node.wide - outer) / 72:.3f} height={(node.high - outer) / 72:.3f}"
    if not node.name:
        return f'{size} shape=point label=""'
    style = ["filled"] if "terminal" in node.roles else ["rounded"]
    style += ["dashed"] if "training" in node.roles else []
    style += ["bold"] if node.roles & {"new", "term"} else []
    rings = " peripheries=2" if "recurrent" in node.roles else ""
    name = node.name + "\n..." * (MORE in node.roles)
    return f'label={quoted(name)} {size} style="{",".join(style)}"{rings}'


def _arrow(arrow: Arrow, number: int) -> str:
    padded = "\n".join(f" {line} " for line in arrow.label.split("\n"))
    label = f" label={quoted(padded)}" if arrow.label else ""
    return f"id={number}{label}{_LOOKS.get(arrow.look, '')}{_HEADS.get(arrow.heads, '')}"


def _curve(edge: dict[str, Any], text: str, lift: float) -> Curve:
    """A spline of dot's, drawn on to the tips of its arrows, which are named before it. lift: points, of its label."""
    words = edge["pos"].split()
    tips = {word[0]: _point(word[2:]) for word in words if word[0] in "se"}
    points = [_point(word) for word in words if word[0] not in "se"]
    ends = [tips.get("s", points[0]), *points[1:-1], tips.get("e", points[-1])]
    x, y = _point(edge.get("lp", "0,0"))
    return Curve(tuple(ends), (x, y + lift), text)


def _point(text: str) -> Point:
    x, y = text.split(",")
    return float(x), float(y)
