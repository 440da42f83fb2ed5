"""One rule for each claim kind of FORMAT.md."""
