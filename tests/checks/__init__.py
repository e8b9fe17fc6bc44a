"""One file per rule, named like it."""
