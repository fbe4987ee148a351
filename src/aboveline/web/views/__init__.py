"""Views, one module a journey."""
