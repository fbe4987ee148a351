"""Repeatable measurements, side by side in one run. Each module has `main() -> int`: 0, or 1 for a figure missed."""
