"""Benchmarks: `make bench`. They measure and print; they never fail because a machine is slow."""
