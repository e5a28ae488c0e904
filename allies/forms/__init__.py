"""What people type about people, bodies, projects and accounts: parsed and explained, never written."""
