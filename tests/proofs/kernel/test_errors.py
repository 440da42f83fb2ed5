"""What is refused, and as what."""

from __future__ import annotations

import pytest

from proofs.kernel.errors import Hole, Invalid, Malformed, expect, require


@pytest.mark.parametrize(("check", "error"), [(require, Invalid), (expect, Malformed)])
def test_only_what_is_false_is_refused(check: object, error: type[Exception]) -> None:
    """Truth passes; falsehood raises, with its message."""
    assert callable(check)
    assert check(True, "no") is None
    nothing: tuple[object, ...] = (False, None, 0, "", [], ())
    for value in nothing:
        with pytest.raises(error, match=r"^because$"):
            check(value, "because")


def test_no_error_is_another() -> None:
    """A hole is no refusal, and the statuses are the classes' names."""
    kinds = (Malformed, Invalid, Hole)
    assert [kind.__name__.upper() for kind in kinds] == ["MALFORMED", "INVALID", "HOLE"]
    assert not any(issubclass(a, b) for a in kinds for b in kinds if a is not b)
