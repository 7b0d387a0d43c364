"""Texts of the demo data: shelves with their products, people, and what buyers say. Data only, no database."""
