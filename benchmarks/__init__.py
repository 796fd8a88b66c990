"""What the project measures about itself: each benchmark alone, or all in one run with `python -m benchmarks`."""
