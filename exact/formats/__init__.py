"""Other people's MDPs in, ours out; exact, or the loss is said line by line.

`source` picks the reader: `toy_text` and `gymnasium_id` (Gymnasium's tables), `stepping` (a deterministic environment,
explored), `drn` and `umb` (the explicit formats of Storm and of the tool community: `explicit` is what they say,
`explicit_model` its MDP, `packed` unpacks files), `storm` (PRISM and JANI, by stormpy). Each returns an `Imported`,
which `shutdown` turns into an instance; `drn_write` is the way back; `report` says what was done; `repair` turns
doubles into fractions, `entered` rewards of transitions into those of states.
"""

from exact.errors import NotAModel, NotInstalled
from exact.formats.drn_write import write_drn
from exact.formats.gymnasium_id import from_gymnasium
from exact.formats.imported import Imported
from exact.formats.report import lines
from exact.formats.shutdown import with_shutdown
from exact.formats.source import parse_drn, read_drn, read_source, read_umb
from exact.formats.stepping import from_environment
from exact.formats.toy_text import from_toy_text

__all__ = [
    "Imported", "NotAModel", "NotInstalled", "from_environment", "from_gymnasium", "from_toy_text", "lines",
    "parse_drn", "read_drn", "read_source", "read_umb", "with_shutdown", "write_drn",
]  # fmt: skip
