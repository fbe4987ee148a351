"""The command line: one module per verb, nothing decided here."""
