"""The public functions for many instances at once: the rows of a sweep, as a list that prints as a table."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from concurrent.futures import Executor
from os import PathLike
from pathlib import Path

from exact.errors import BadInstance
from exact.instance import Instance
from exact.instance.gammas import Asked
from exact.rational import Exact
from gammastar.notebook import Answer
from proofs.claims.checked import Checked
from proofs.sweep import run
from proofs.sweep.ledger import newest, read_rows
from proofs.sweep.row import Row
from proofs.sweep.summary import as_csv, summary
from proofs.sweep.summary import show as show_rows


class Rows(list[Row], Answer):
    """The rows of a sweep: each a dictionary of `instance`, `verdict`, `conclusion`, `n`, `exit`, `error`, `seconds`.

    Prints as the table of `gammastar sweep --summary`; `pandas.DataFrame(rows)` has a line for each.

    >>> import gammastar as gs, tempfile
    >>> file = tempfile.mkdtemp() + "/rows.jsonl"
    >>> done = gs.sweep(["examples/half.toml"], file, gamma="9/10", jobs=1)
    >>> gs.Rows.read(file) == done
    True
    """

    @classmethod
    def read(cls, path: str | PathLike[str]) -> Rows:
        """A file of rows, the last for each instance and gamma. Raises BadInstance if it is none; OSError passes."""
        return cls(newest(read_rows(Path(path))))

    to_csv = as_csv
    show = show_rows
    to_dict = summary

    def __repr__(self) -> str:
        failed = sum(row.get("error") is not None for row in self)
        return f"<Rows of {len(self)} instances, {failed} with errors>"

    __str__ = Answer.__str__


def sweep(
    instances: Iterable[Instance | Checked | str | PathLike[str]],
    output: str | PathLike[str] | None = None,
    *,
    executor: Executor | None = None,
    jobs: int | None = None,
    gamma: Asked | None = None,
    at: Mapping[str, Exact] | None = None,
    seconds: int | None = None,
    batch: int | None = None,
    tell: run.Tell = lambda row, known: None,
) -> Rows:
    """Verify many instances, a row each: instances or paths; a broken one is a row with its error, not an end.

    output: a file of rows, one JSON line each, appended as they are done; what is there is not done again, so that an
    interrupted sweep is resumed by the same call. executor: anything with the interface of concurrent.futures, such as
    a Dask client's `get_executor(pure=False)`, which is left running; without one, `jobs` processes (one for each
    core). gamma: instead of each question's, one or an interval. at: a point of the families, {"p": "1/3"}; without it
    a family is verified as one. seconds: the most for one instance. batch: how many instances are one piece of work.
    tell(row, known): called with each row as it comes; known: it was in the file. A script that uses processes needs
    `if __name__ == "__main__":`. Raises BadInstance for a file that is not a sweep's, NotADiscount; OSError passes.

    >>> import gammastar as gs
    >>> from concurrent.futures import ThreadPoolExecutor
    >>> with ThreadPoolExecutor(1) as pool:
    ...     rows = gs.sweep(gs.random_instances(3, count=2), gamma="9/10", executor=pool)
    >>> [(row["instance"], row["verdict"]) for row in rows]
    [('random-3-0-0', 'verified'), ('random-3-0-1', 'inapplicable')]
    """
    if isinstance(instances, (str, PathLike, Instance, Checked)):
        raise BadInstance("a list of instances was expected", "put it in brackets: [instance]", "instances")
    given = (entry.instance if isinstance(entry, Checked) else entry for entry in instances)
    made = (entry if isinstance(entry, Instance) else Path(entry) for entry in given)
    found = run.sweep(
        made,
        None if output is None else Path(output),
        executor=executor,
        jobs=jobs,
        gamma=gamma,
        at=at,
        seconds=seconds,
        batch=batch,
        tell=tell,
    )
    return Rows(found)
