"""Every write, one verb each: keyword-only, atomic, `by=` the person, with its audit event in the same transaction."""
