#!/usr/bin/env bash
# Measures the release binary on ../shared and writes the tables of measure/results/. Needs python3.
set -euo pipefail
cd "$(dirname "$0")/.."
bench="python3 ../shared/bench/garblebench.py --bin target/release/ungarble"
data=../shared/data
out=measure/results
mkdir -p "$out"
cargo build --release
# write NAME COMMAND…: the command, then what it prints. The samples of sentences that the script shows stay out.
write() {
  local name=$1; shift
  { printf '$ %s\n' "$*"; "$@" | grep -v '^      '; } > "$out/$name.txt"
}
write seed $bench seed ../shared/seed/article.txt ../shared/seed/expected.tsv
write alarms-human $bench alarms "$data/human.dev.jsonl.gz"
write alarms-news $bench alarms --flawed "$data/news.dev.jsonl.gz"
write contrast $bench contrast "$data/wmt21.jsonl.gz"
write contrast-four-families $bench --select repetition,punctuation,case,consistency contrast "$data/wmt21.jsonl.gz"
write words $bench words --scores "$data/mlqe.dev.jsonl.gz"
write contrast-weak $bench contrast "$data/wmt21.jsonl.gz" --only ha-en.hyp.TWB ha-en.hyp.UEdin ha-en.hyp.AMU is-en.hyp.Online-G is-en.hyp.Allegro
cargo run --quiet --release --example damage -- "$data/human.dev.jsonl.gz" 200 > target/pairs.jsonl
write damage-pairs $bench pairs target/pairs.jsonl
write sentences cargo run --quiet --release --example sentence_f1 -- "$data/gum.conllu.gz" test
write decoding python3 measure/decoding.py target/release/ungarble
write recall-encoding python3 measure/recall_encoding.py target/release/ungarble "$data/news.dev.jsonl.gz"
write plant-encoding python3 measure/plant_encoding.py target/release/ungarble "$data/human.dev.jsonl.gz"
write plant-number python3 measure/plant_number.py target/release/ungarble "$data/human.dev.jsonl.gz"
# Needs the package ftfy.
write ftfy python3 measure/ftfy.py target/release/ungarble
write planted-residue python3 measure/plant_residue.py target/release/ungarble
write planted-foreign python3 measure/plant_foreign.py target/release/ungarble
# Needs trafilatura, readability-lxml, lxml_html_clean and newspaper4k from PyPI.
write residue-pages python3 measure/residue_pages.py target/release/ungarble
