"""The API under requests that its own OpenAPI document lets one think of."""
