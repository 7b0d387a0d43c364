"""Spec files as nodes with places, held against the meta-schema."""
