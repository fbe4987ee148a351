"""Template tags: components and what the base page needs."""
