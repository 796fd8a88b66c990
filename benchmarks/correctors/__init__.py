"""Zimu's corrector beside its peers: how much each repairs, how much it harms, how fast it is.

python -m benchmarks.correctors --help
"""
