#!/bin/sh
# The main job on the embedded example, every command shown before it runs. `make demo` puts zimu on the path.
set -eu
cd "$(dirname "$0")/.."

show() {
  printf '\n$ %s\n' "$*"
  "$@"
}

echo "Zimu brings no speech model yet, so this plays what a recogniser heard at a closing ceremony: two minutes,"
echo "written for this purpose, with the mistakes that recognisers make. The rest is the main job as it is."

show zimu run examples/evening.cues.jsonl -o demo-output/evening.srt \
  --lexicon waic2024 --lexicon examples/terms.toml
show zimu convert demo-output/evening.srt -o demo-output/evening.vtt
show zimu edits demo-output/evening.edits.jsonl
show sed -n 1,44p demo-output/evening.srt

echo "…"
echo
echo "All of it is in demo-output/: evening.srt, evening.vtt, and evening.edits.jsonl, from which 'zimu edits'"
echo "explains every change (--explain) and takes it back (undo 3). Call it as .venv/bin/zimu, or first: . .venv/bin/activate"
