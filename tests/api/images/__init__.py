"""Images and profile pictures, on every kind of storage and database."""
