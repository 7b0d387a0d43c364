"""Model → one SQL statement per read, for both dialects."""
