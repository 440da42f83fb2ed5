"""Two goals that training cannot tell apart: both lie in G_T, and in deployment they part.

Run: python examples/coinrun_goals.py
"""

from fractions import Fraction
from pathlib import Path

from exact import evaluate
from exact.instance import read_instance
from proofs.theta.build import goal_set
from proofs.theta.member import membership
from proofs.theta.text import lines, member_lines

instance = read_instance(Path(__file__).parent / "coinrun.toml")
mdp, gamma, s_new = instance.mdp, Fraction(9, 10), instance.shutdown_state

REWARDED = {
    "reward the coin": ["train_6", "coin_1"],
    "reward the end of the level": ["train_6", "open_6", "taken_6"],
    "stand still at the wall": ["train_1"],
}

goals = goal_set(instance, gamma)
print("\n".join(lines(goals)))

for name, states in REWARDED.items():
    theta = tuple(Fraction(state in states) for state in mdp.states)
    found = membership(goals, theta)
    print(f"\n{name}")
    print("\n".join(member_lines(goals, found)))
    if found.holds:
        values, _ = evaluate.optimal(mdp, theta, gamma)
        worth = evaluate.action_values(mdp, values, theta, gamma, s_new)
        best = [mdp.actions[s_new][action] for action, value in enumerate(worth) if value == max(worth)]
        print(f"  optimal in {mdp.states[s_new]}: {' or '.join(best)}")
