"""Closed forms in gamma of a policy's values, each proved before it is returned.

`closed_form` for every state at once, `value_at` for one state; `exact.returns` says what they mean in the theory.
"""

from exact.closed_form.all_states import ClosedForm, closed_form
from exact.closed_form.one_state import value_at

__all__ = ["ClosedForm", "closed_form", "value_at"]
