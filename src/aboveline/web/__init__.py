"""The Django application that speaks HTTP: pages, forms, components. It writes nothing itself, builds no queryset."""
