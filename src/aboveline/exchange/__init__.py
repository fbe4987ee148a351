"""Files in: frameworks, case lists, judgements, published scores, report texts. Reads the package's own data/."""
