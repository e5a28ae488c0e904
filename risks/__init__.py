"""The register of risks, the views on values, and how worried the group is about each project."""
