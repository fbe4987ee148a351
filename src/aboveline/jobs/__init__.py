"""Use cases that join several packages: import a case list, draw a sample, build and store a report, the demonstration."""
