"""Model → the OpenAPI 3.1 document."""
