"""Every read, scoped by its owner: a person's services, a service's inspections, an inspection's cases."""
