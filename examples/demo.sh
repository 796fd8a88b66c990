#!/bin/sh
# The main job on the embedded example, every command shown before it runs. `make demo` puts zimu on the path.
set -eu
cd "$(dirname "$0")/.."

show() {
  printf '\n$ %s\n' "$*"
  "$@"
}

echo "A closing ceremony that never was, 104 seconds, spoken by a synthesiser. The small model that ships with Zimu hears"
echo "it and spells as it can what it has never met; the lexicons repair that by its sound. The translation is from two files."

show zimu run examples/ceremony.opus -o demo-output/ --model zimu-tiny --lexicon waic2024 --lexicon examples/terms.toml \
  --translate en --translated-subtitles examples/ceremony.en.srt --translated-subtitles examples/ceremony.zh.srt \
  --bilingual
show zimu lint demo-output/ceremony.zh-Hans-en.srt --profile netflix --lexicon waic2024 --lexicon examples/terms.toml || true
show zimu edits demo-output/ceremony.edits.jsonl
show sed -n 1,44p demo-output/ceremony.zh-Hans-en.srt

echo "…"
echo
echo "All of it is in demo-output/: Chinese, English and both, and ceremony.edits.jsonl, from which 'zimu edits' explains"
echo "every change (--explain) and takes it back (undo 3). Call it as .venv/bin/zimu, or first: . .venv/bin/activate"
