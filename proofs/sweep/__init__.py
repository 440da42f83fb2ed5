"""Many instances at once: one row each, appended as it is done; a second run does only what is missing.

`row` verifies one instance in a worker; `limit` stops it in time; `ledger` is the file of rows; `run` hands out the
work; `pools` are the workers (processes, Dask, or any executor); `summary` is the table of a file.
"""

from proofs.sweep.pools import dask_executor
from proofs.sweep.run import sweep

__all__ = ["dask_executor", "sweep"]
