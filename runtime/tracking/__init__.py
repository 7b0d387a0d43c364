"""Counting in the background."""
