"""Aboveline: case-file inspection of a youth justice service, from the sample to the committee room."""

__version__ = "0.1.0"
