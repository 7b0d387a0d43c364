"""What several test modules and the benchmarks lean on."""
