"""Everything that is about HTTP and the same for every operation."""
