"""The register of risks, concerns and cases: its place in the house, empty until its own issue."""
