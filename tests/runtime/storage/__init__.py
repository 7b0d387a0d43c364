"""Storage of files: one suite for every backend, and what is peculiar to each."""
