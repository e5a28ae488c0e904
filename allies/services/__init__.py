"""The only writers of people, bodies, projects and accounts."""
