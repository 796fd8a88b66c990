"""How many terms `zimu lexicon learn` and `mine` find in real transcripts: `python -m benchmarks.gleaning`."""
