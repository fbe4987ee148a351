"""Settings, root URLs and the WSGI entry point: the one place that names every application."""
