"""The LaTeX text about a family: what the kernel accepted, and closed forms, which are said to be computed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from math import ceil

from exact.closed_form.chain import reached
from exact.family import Family
from exact.family.closed_form import visits_on_family
from exact.family.curves import Curve, curves
from exact.family.strips import Strips
from proofs.claims.checked import STATED
from proofs.claims.types import PAPER, POSITIVE, SHARP, At, Counted, OnBox, Orbit
from proofs.families.formulas import box, curve, gammas, polynomial, quotient, symbol
from proofs.families.regions import refine
from proofs.families.session import CheckedFamily
from proofs.report.latex import provenance, setting, theorem
from proofs.report.latex.document import Text
from proofs.report.latex.escape import name, slug
from proofs.report.latex.evidence import failing_swaps, linear, one_orbit
from proofs.report.latex.hypotheses import MARKS
from proofs.report.latex.numbers import DIGITS, counted, decimal, fraction, listed
from proofs.report.latex.provenance import Source
from proofs.report.latex.words import CIRCLE, MEANS, OUTCOMES, S_NEW, S_TERM, STAR, entries
from proofs.verify import proved

SYMBOLS = {PAPER: STAR, SHARP: CIRCLE}
MOST_BOXES = 12  # that are written out
MOST_BOXES_FOR_CURVES = 16  # on which thresholds are looked for
BUT = ", but where it is said to be computed,"
COMPUTED = r"\emph{Computed, not certified.}"


def text(found: CheckedFamily, source: Source) -> Text:
    """About the family; `source` names the files."""
    family = found.family
    subject = f"the family {name(family.centre.name)}" if family.parameters else name(family.centre.name)
    opening = [provenance.answered(subject, found.status, BUT), _in_short(found), *provenance.open_ends(found.holes)]
    sections = [
        ("mdp", "The MDP", _setting(family)),
        ("hyp", "Hypotheses", _hypotheses(found)),
        ("verdicts", "What is proved", _proved(found)),
        ("boxes", "The evidence", _evidence(found)),
        ("failing", "Where it fails", _failing(found)),
        ("linear", "Claims about all goals", [*failing_swaps(found), *linear(found)]),
        ("curves", "Closed forms", closed_forms(family)),
        ("check", "Checking this again", provenance.again(found.axioms, source, family.sha256, found.certificate)),
    ]
    label = slug(family.centre.name, f"family-{family.sha256[:8]}")
    return Text(family.centre.name, label, opening, [(short, title, list(lines)) for short, title, lines in sections])


def _everywhere(found: CheckedFamily) -> str:
    return " and ".join(filter(None, [box(found.family.parameters, found.family.box), f"${gammas(found.asked)}$"]))


def _in_short(found: CheckedFamily) -> str:
    main = found.main
    with_n = rf", with $n \geq {main.n}$, by {MEANS[main.means]}" if main.conclusion == "proved" else ""
    return (
        rf"In short, for every {_everywhere(found)}: Theorem~2 is \emph{{{main.verdict}}}; its conclusion "
        rf"{OUTCOMES[main.conclusion]}{with_n}."
    )


def _setting(family: Family) -> Iterator[str]:
    """As for one instance, with polynomials; the roles are those at every point."""
    definition, *rest = setting.lines(
        proved(family.centre, ()), lambda s, a: [polynomial(chance) for _, chance in family.rows[s][a]]
    )
    yield definition
    if family.parameters:
        yield (
            f"Its parameters lie in a box $B$: {box(family.parameters, family.box)}. Every probability below is "
            "positive on all of $B$ and "
            "each row sums to 1 identically, so that what can be reached, and what is recurrent, is the same at every "
            "point."
        )
    yield from rest


def _hypotheses(found: CheckedFamily) -> Iterator[str]:
    place = "at every point of $B$ and every" if found.family.parameters else "at every"
    yield rf"A hypothesis holds if it does {place} $\gamma$ that is asked about:"
    yield entries(
        f"{name(entry)} ({'stated' if entry in STATED else 'silent'}) {MARKS[holds]}."
        for entry, holds in found.hypotheses.items()
    )


def _proved(found: CheckedFamily) -> Iterator[str]:
    main = found.main
    if main.conclusion == "proved":
        yield "\n".join(_statement(found))
        proof = theorem.by_linear(found) if main.means == "linear" else _swaps(found)
        inequality = "Theorem~1 (Turner and Tadepalli) gives the inequality."
        yield "\n".join([r"\begin{proof}", *proof, inequality, r"\end{proof}"])
    else:
        outcome = r"\textbf{fails} at a point, see below" if main.conclusion == "fails" else "is undecided"
        yield rf"For every {_everywhere(found)}: the conclusion of Theorem~2 {outcome}."
    if main.proved is not None and main.proved[0] > (main.n if main.conclusion == "proved" else 0):
        n, means = main.proved
        yield rf"More is proved, for every {_everywhere(found)}: $n \geq {n}$, by {MEANS[means]}."
    yield "All verdicts; each is about every point and every such discount at once, and $n$ is the least."
    yield entries(
        f"{theorem.TITLES[key]}: {theorem.outcome(verdict)}"
        for (key, reach), verdict in found.theorems.items()
        if reach == POSITIVE
    )


def _statement(found: CheckedFamily) -> Iterator[str]:
    yield rf"\begin{{gsconclusion}}[as Theorem 2 of the paper states it, for {name(found.family.centre.name)}]"
    yield rf"Let {_everywhere(found)}, each of them arbitrary, and $n = {found.main.n}$."
    yield from theorem.inequality()
    yield r"\end{gsconclusion}"


def _swaps(found: CheckedFamily) -> Iterator[str]:
    """Conditions 1 to 3 of Def. 4 for the swaps with s_term of the states that are counted."""
    least, _ = found.counted[PAPER] or (0, ())
    kind = PAPER if least >= found.main.n else SHARP
    relation = ">" if kind == PAPER else r"\geq"
    boxes = len({claim.box for claim in _of(found, kind)})
    cover = f"the box $B$ by {_many(boxes, 'box', 'boxes')}" if found.family.parameters else "the question"
    each = "on each of which" if found.family.parameters else "where"
    yield rf"The certificate covers {cover}, {each} at least ${found.main.n}$ states $x$ have"
    yield rf"$\gamma {relation} {SYMBOLS[kind]}$ throughout, by the values that are described below. At a point and a"
    yield rf"discount, exchange $r(x)$ and $r({S_TERM})$, for each of these $x$. Condition~1 of Definition~4: by the"
    yield rf"exact swap theorem (which contains Proposition~3) the exchange makes $f_{{{S_NEW}}}$ avoid shutdown, and"
    yield rf"$r({S_TERM}) > r(x)$ before it."
    yield theorem.second_condition(found, found.s_term, (found.counted[kind] or (0, ()))[1])
    yield from theorem.third_condition()


def _of(found: CheckedFamily, kind: str) -> list[OnBox]:
    return [claim for claim in found.claims if isinstance(claim, OnBox) and claim.kind == kind]


def _evidence(found: CheckedFamily) -> Iterator[str]:
    """The claims that the kernel accepted."""
    for kind, star in SYMBOLS.items():
        claims = _of(found, kind)
        if not claims:
            continue
        above = [claim for claim in claims if isinstance(claim, Counted)]
        boxes = list(dict.fromkeys(claim.box for claim in claims))
        on, everywhere = "", " exactly"
        if found.family.parameters:
            on = f", on {_many(len(boxes), 'box', 'boxes')}"
            everywhere = " at every point of the box at once, by Bernstein coefficients that it computes itself"
        yield (
            rf"For ${star}$ the certificate holds {_many(len(claims), 'vector', 'vectors')} of values{on}: "
            f"{' and '.join(_kinds(len(above), len(claims) - len(above)))}. The kernel checks Bellman's inequalities "
            f"for them{everywhere}."
        )
        yield entries(_state(found, x, above) for x in dict.fromkeys(claim.state for claim in above))
        if found.family.parameters and len(boxes) <= MOST_BOXES:
            yield f"The boxes: {'; '.join(box(found.family.parameters, sides, ' and ') for sides in boxes)}."


def _kinds(above: int, below: int) -> Iterator[str]:
    """Vectors of the two kinds, as many as there are."""
    if above:
        yield (
            rf"{counted(above)} below those of a policy, which show that a state is counted there for every $\gamma$ "
            "beyond some $g$"
        )
    if below:
        yield (
            f"{counted(below)} above those of every policy, which show that a state is counted there for no "
            r"$\gamma$ up to some $g$"
        )


def _state(found: CheckedFamily, x: str, above: Sequence[Counted]) -> str:
    """From where on it is counted, on which of the boxes."""
    own = [claim for claim in above if claim.state == x]
    last = max(claim.discount for claim in own)
    places = {claim.box for claim in own}
    where = f" (on {_many(len(places), 'box', 'boxes')})" if found.family.parameters else ""
    policies = len({tuple(claim.policy.items()) for claim in own})
    return rf"{name(x)}: $g \leq {_above(last)}${where}, by {_many(policies, 'policy', 'policies')}."


def _above(value: Fraction) -> str:
    """A decimal that the number is not above."""
    return decimal(Fraction(ceil(value * 10**DIGITS), 10**DIGITS), DIGITS).removeprefix("= ")


def _failing(found: CheckedFamily) -> Iterator[str]:
    """Points, with what refutes the theorem there."""
    points = [claim for claim in found.claims if isinstance(claim, At)]
    if not points:
        return
    yield r"The conclusion of Theorem~2 does not hold at:"
    yield entries(_point(claim) for claim in points)


def _point(claim: At) -> str:
    place = [f"${symbol(p)} = {fraction(value)}$" for p, value in claim.point.items()]
    orbits = "; ".join(one_orbit(inner).rstrip(".") for inner in claim.claims if isinstance(inner, Orbit))
    others = len(claim.claims)
    said = f" Among them an orbit inside $\\Theta$: {orbits}." if orbits else ""
    at = listed([*place, rf"$\gamma = {fraction(claim.gamma)}$"])
    return f"{at}, by {_many(others, 'claim', 'claims')} about the instance there.{said}"


def closed_forms(family: Family) -> Iterator[str]:
    """Thresholds as curves, piece by piece, and the counts that are 1 on them."""
    if not family.parameters:
        return
    found = thresholds(family)
    if not found:
        return
    yield (
        rf"{COMPUTED} The visit count $v^\pi_x$ of Definition~9 is a quotient of polynomials in $\gamma$ and the "
        r"parameters, and is 1 on a curve. Where $\pi$ is the policy that counts most, that curve is $\gamma = "
        rf"{STAR}$; $\pi$ is the best policy that was found; its actions are named where a state has several."
    )
    yield entries(_curve(family, one) for one in found)


def thresholds(family: Family) -> list[Curve]:
    """The curves on a few columns."""
    strips = Strips(family, PAPER)
    trees, _ = refine(strips, Fraction(1, 10), most=MOST_BOXES_FOR_CURVES)
    return curves(family, strips, trees.columns())


def _curve(family: Family, one: Curve) -> str:
    mdp, start = family.centre.mdp, family.centre.shutdown_state
    count = quotient(visits_on_family(family, one.policy, start, one.state))
    actions = ", ".join(f"{name(s)}: {name(a)}" for s, a in _chosen(family, one))
    by = f" ({actions})" if actions else ""
    return rf"{name(mdp.states[one.state])}: ${curve(one)}$, where $v^\pi_x = {count}${by}."


def _chosen(family: Family, one: Curve) -> Iterator[tuple[str, str]]:
    """The actions of the states that the policy reaches and that have several."""
    mdp = family.centre.mdp
    for s in reached(mdp, one.policy, family.centre.shutdown_state):
        if len(mdp.actions[s]) > 1:
            yield mdp.states[s], mdp.actions[s][one.policy[s]]


def _many(number: int, one: str, several: str) -> str:
    return f"{counted(number)} {one if number == 1 else several}"
