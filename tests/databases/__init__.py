"""Making the databases of the tests: an app of theirs, for the sake of its command."""
