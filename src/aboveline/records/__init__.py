"""The facts the product keeps: models, the verbs that write them (actions), the ways to read them (queries)."""
