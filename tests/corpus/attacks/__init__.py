"""One module of attacks for each claim kind."""
