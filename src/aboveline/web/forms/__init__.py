"""Forms that render themselves in the design system."""
