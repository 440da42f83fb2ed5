"""Reports: the JSON of the contract, and the same for people."""
