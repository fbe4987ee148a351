"""The field's rules as plain values and functions: no Django, no files, no clock, no hidden randomness."""
