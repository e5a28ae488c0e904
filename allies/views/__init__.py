"""Pages about people, bodies, projects and accounts."""
