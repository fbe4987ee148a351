"""Use cases that join several packages: import a case list, draw a sample, build a report, the demonstration."""
