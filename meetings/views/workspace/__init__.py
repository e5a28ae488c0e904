"""Taking minutes in the browser: one module for each thing the page can do."""
