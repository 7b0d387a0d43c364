"""SQL text: primitives, dialects, layout."""
