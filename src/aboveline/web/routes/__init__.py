"""Routes by journey. URLs say what they hold, never a child's name or a service's own case reference."""
