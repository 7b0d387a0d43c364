"""A second, quite different API, built and served by the same tools."""
