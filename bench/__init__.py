"""Benchmarks: each prints its figure beside its peer or floor from the same run."""
