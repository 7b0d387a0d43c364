"""The marketplace over HTTP, as a client meets it, on every database."""
