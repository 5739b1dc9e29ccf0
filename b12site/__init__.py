"""The site: settings, addresses, and who may come in. Nothing clinical lives here."""
