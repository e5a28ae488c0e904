"""People, bodies, partners, projects, and who may do what: the ground the record stands on."""
