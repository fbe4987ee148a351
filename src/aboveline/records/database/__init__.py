"""The database itself: what it must be, what the application may do in it, and that it is migrated by one at a time."""
