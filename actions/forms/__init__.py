"""What people type about actions: parsed and explained, never written."""
