"""Measure each job beside its limit, in one run."""
