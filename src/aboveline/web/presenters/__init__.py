"""Between records or domain values and templates: plain values, ready to draw, tested without HTTP."""
