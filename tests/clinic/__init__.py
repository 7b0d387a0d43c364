"""A second API, quite unlike the first: a project of its own, built and served by the same tools."""
