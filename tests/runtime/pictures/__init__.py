"""Tests of the pictures that strangers send, with real ones made on the spot."""
