"""Tests of the runtime; one module here for each module there."""
