"""Model → the database's schema, and the steps from one schema to the next."""
