"""What can be wrong with a certificate."""


class KernelError(Exception):
    """Base of the kernel's errors."""


class Malformed(KernelError):
    """The instance or the certificate is not of the form that FORMAT.md describes."""


class Invalid(KernelError):
    """A claim is false, or its evidence does not prove it."""


class Hole(KernelError):
    """A claim that the kernel does not check: it proves nothing."""
