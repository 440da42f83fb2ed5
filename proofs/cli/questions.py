"""Further questions about one instance: `gammastar goals`, `share`, `retarget`, `matrix`, `minimal`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from exact.errors import BadInstance, NotAGoalSet
from proofs.cli.command import at_a_point
from proofs.cli.completion import conditions, forms, rewards
from proofs.cli.exits import INTERRUPTED, OPEN, REFUTED, VERIFIED, progress, telling
from proofs.cli.options import Certificate, Everything, Gamma, InstancePath, Json, OneGamma, Verbose, flag, option
from proofs.cli.target import check_command, check_target, make_folder, print_json, save, tell_certificate

if TYPE_CHECKING:
    from exact.instance import Instance
    from exact.mdp import Mdp, Rewards
    from proofs.theta.model import GoalSet
    from proofs.what_if.conditions import Conditions

FORMS = ("text", "json", "smt2", "latex")
_COMMENT = {"smt2": ";", "latex": "%"}
_ENTRY = re.compile(r"\s*(?:'(?P<quoted>[^']+)'|(?P<name>[^,=']+?))\s*=\s*(?P<value>[^,=]+?)\s*(?:,|$)")


@at_a_point
def goals(
    path: InstancePath,
    gamma: OneGamma = None,
    form: Annotated[str, option("FORM", "text, json, smt2 or latex.", "--as", autocompletion=forms)] = "text",
    member: Annotated[
        list[str] | None, option("S=Q,...", "Rewards: are they in Theta?", autocompletion=rewards)
    ] = None,
    json: Json = False,
) -> int:
    """G_T (Def. 6) and the further constraints on goals, as exact linear inequalities; membership with reasons."""
    from proofs.cli.source import at_a_gamma, read
    from proofs.report.closing import goals as closing
    from proofs.theta.build import goal_set
    from proofs.theta.member import membership
    from proofs.theta.text import member_lines

    form = "json" if json else form
    if form not in FORMS:
        raise BadInstance(f'"{form}" is no form', f"one of {', '.join(FORMS)}", "--as")
    instance = read(path, gamma)
    if instance.goals.reading != "immediate":
        at_a_gamma(instance, path, "Theta is another set at each of them; `retarget` and `verify` look at all of them")
    asked = [_rewards(instance.mdp, entry) for entry in member or []]
    theta = goal_set(instance)
    found = [membership(theta, entry) for entry in asked]
    members = [line for answer in found for line in ("", *member_lines(theta, answer))]
    if form == "json":
        from proofs.theta.document import document

        print_json(document(theta, found))
    elif form == "text":
        from proofs.report.terminal import Terminal, show_lines, show_paragraph
        from proofs.theta.text import lines

        console = Terminal()
        show_lines(console, [*lines(theta), *members])
        show_paragraph(console, closing(theta.is_empty))
    else:
        said = [f"{_COMMENT[form]} {line}" for line in members if line]
        print("\n".join([_script(theta, form).rstrip("\n"), *said]))
    return VERIFIED if all(answer.holds for answer in found) else REFUTED


def _script(theta: GoalSet, form: str) -> str:
    if form == "smt2":
        from proofs.theta.smt2 import smt2

        return smt2(theta)
    from proofs.theta.latex import latex

    return latex(theta)


def _rewards(mdp: Mdp, text: str) -> Rewards:
    """`coin_1=1,'odd, name'=1/2`; unnamed states 0. Raises NotAGoalSet, UnknownState, NotExact."""
    from exact.rational import rational

    found: dict[int, Fraction] = {}
    position = 0
    while position < len(text):
        entry = _ENTRY.match(text, position)
        if entry is None:
            raise NotAGoalSet(f'"{text[position:]}" cannot be read', 'write it like "x=1,y=1/2"', "--member")
        state = mdp.state(entry["quoted"] or entry["name"].strip(), "--member")
        if state in found:
            raise NotAGoalSet(f"{mdp.states[state]} is given twice", "name each state once", "--member")
        found[state] = rational(entry["value"], f"--member {mdp.states[state]}")
        position = entry.end()
    return tuple(found.get(s, Fraction(0)) for s in range(len(mdp)))


@at_a_point
def share(
    path: InstancePath,
    gamma: OneGamma = None,
    given: Annotated[
        list[str] | None,
        option("reach=STATE", "Ask instead: which share surely reaches this state?", autocompletion=conditions),
    ] = None,
    samples: Annotated[int | None, option("N", "Draw so many goals; try no volume.", min=1, max=10_000_000)] = None,
    seed: Annotated[int, option("K", "The same seed draws the same goals.")] = 1,
    json: Json = False,
) -> int:
    """The share of Theta within [0, 1]^d that shuts down, exactly or by a sample, beside the bound 1/(n + 1)."""
    from exact.share import share as shared
    from proofs.cli.source import at_a_gamma, read
    from proofs.report.share import document, show
    from proofs.report.terminal import Terminal
    from proofs.verify import verify

    instance = read(path, gamma)
    at = at_a_gamma(instance, path, "a share is a number at one of them; `verify` bounds it at all of them")
    reach = _reach(instance, given or [])
    checked = verify(instance, progress)
    progress("the share")
    found = shared(instance, at, reach, samples, seed)
    if json:
        print_json(document(found, checked))
    else:
        show(found, checked, Terminal())
    return VERIFIED


def _reach(instance: Instance, given: Sequence[str]) -> int | None:
    """The state of reach=STATE."""
    if not given:
        return None
    key, equals, name = given[0].partition("=")
    if len(given) > 1 or key != "reach" or not equals:
        raise BadInstance(f'"{" ".join(given)}" cannot be read', 'write one condition like "reach=STATE"', "--given")
    return instance.mdp.state(name, "--given")


@at_a_point
def retarget(
    path: InstancePath,
    gamma: Gamma = None,
    for_all_gamma: Annotated[bool, flag("--for-all-gamma", "On all of (0, 1) too.")] = False,
    certificate: Certificate = None,
    json: Json = False,
    everything: Everything = False,
) -> int:
    """Def. 4 for every theta of Theta: which swaps and named permutations retarget, stay in Theta, fit together."""
    from proofs.cli.source import at_a_gamma, one_gamma, read
    from proofs.verify import verify
    from proofs.what_if.conditions import conditions

    check_target(certificate, path)
    instance = read(path, gamma)
    if certificate is not None:
        one_gamma(instance, "--certificate", "certificates of Def. 4 answer one gamma, or all with --for-all-gamma")
    if not for_all_gamma and instance.question.interval is None:
        at_a_gamma(instance, path)
    found, written = conditions(instance, for_all_gamma, progress), None
    if certificate is not None:  # what `verify` would write, with these claims
        written = verify(instance, progress, found.checked.claims)
        save(certificate, written.certificate)
    if json:
        from proofs.what_if.conditions_document import document

        print_json(document(found, written))
    else:
        from proofs.report.terminal import Terminal, show_lines
        from proofs.what_if.conditions_text import show

        console = Terminal(everything)
        show(found, console)
        if written is not None:
            show_lines(console, [*(f"hole: {hole}" for hole in written.holes), f"kernel: s {written.status}"])
            tell_certificate(certificate, path, gamma)
    return _met(found)


def _met(found: Conditions) -> int:
    """0 if some permutation meets all the conditions, 1 if none does, 3 if that is open."""
    known = found.at_gamma
    if known is None:
        enough = any if found.instance.question.interval is None else all
        return VERIFIED if enough(step.permutations for step in found.steps) else OPEN
    return VERIFIED if known.n else REFUTED if known.complete else OPEN


@at_a_point
def matrix(
    path: InstancePath,
    gamma: Gamma = None,
    json: Json = False,
    output: Annotated[
        Path | None, option("DIR", "Write each cell's instance and certificate.", "-o", "--output")
    ] = None,
    verbose: Verbose = False,
) -> int:
    """Theorem 2 under every combination of readings: what its truth depends on, and each verdict with its means."""
    from proofs.cli.source import read
    from proofs.what_if import cells

    instance = read(path, gamma)
    if output is not None:
        _check_place(output)
    with telling(verbose) as tell:
        found = cells.matrix(instance, tell, keep=True)
    if output is not None:
        for name, checked in found.evidence().items():
            (output / name).mkdir(exist_ok=True)
            save(output / name / "instance.toml", checked.instance.source)
            save(output / name / "certificate.json", checked.certificate)
    if json:
        from proofs.what_if.cells_document import document

        print_json(document(found))
    else:
        from proofs.report.terminal import Terminal
        from proofs.what_if.cells_text import show

        show(found, Terminal())
        if output is not None:
            place = output / cells.folder(cells.Key(*(values[0] for values in cells.DIMENSIONS.values())))
            print(f"evidence: {output}; check a cell with:")
            print(check_command(place / "instance.toml", place / "certificate.json", None))
    return INTERRUPTED if found.missing else VERIFIED


def _check_place(output: Path) -> None:
    """Before any work is done for nothing. Raises BadInstance for a folder that holds something else."""
    present = sorted(output.iterdir()) if output.is_dir() else []
    strange = [entry for entry in present if not (entry / "instance.toml").is_file()]
    if strange:
        raise BadInstance(f"it holds {strange[0].name}", "name a new folder", str(output))
    make_folder(output)


@at_a_point
def minimal(path: InstancePath, gamma: Gamma = None, json: Json = False, verbose: Verbose = False) -> int:
    """Which hypotheses the conclusion really needs here: the smallest sets, each with its proof."""
    from proofs.cli.source import at_a_gamma, read
    from proofs.what_if.minimal import minimal as searched

    instance = read(path, gamma)
    if instance.question.interval is None:
        at_a_gamma(instance, path)
    with telling(verbose) as tell:
        found = searched(instance, tell, keep=True)
    if json:
        from proofs.what_if.minimal_document import document

        print_json(document(found))
    else:
        from proofs.report.terminal import Terminal
        from proofs.what_if.minimal_text import show

        show(found, Terminal())
    by_conclusion = {"proved": VERIFIED, "fails": REFUTED, "undecided": OPEN}  # as the instance is
    return INTERRUPTED if found.missing else by_conclusion[found.base.checked.main.conclusion]
