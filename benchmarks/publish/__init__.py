"""One run of all benchmarks, kept as history and put into the page about them."""
