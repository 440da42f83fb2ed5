"""What can be wrong with an instance or a certificate."""


class Malformed(Exception):
    """The instance or the certificate is not of the form that FORMAT.md describes."""


class Invalid(Exception):
    """A claim is false, or its evidence does not prove it."""


class Hole(Exception):
    """A claim that would cost more work than the kernel does: it proves nothing."""


def require(proved: object, problem: str) -> None:
    """Raise Invalid unless the evidence proves the claim. (No `assert`: python -O would remove it.)"""
    if not proved:
        raise Invalid(problem)


def expect(well_formed: object, problem: str) -> None:
    """Raise Malformed unless the input is of the form that FORMAT.md describes."""
    if not well_formed:
        raise Malformed(problem)
