#!/usr/bin/env bash
# The seed article against its expected faults. Fails when a row that this version must find is missed, or when something
# is found where no fault is expected.
set -euo pipefail
cd "$(dirname "$0")/.."
out=$(python3 ../shared/bench/garblebench.py --bin target/release/ungarble seed ../shared/seed/article.txt ../shared/seed/expected.tsv)
printf '%s\n' "$out"
for row in S03 S05 S06 S09 S10 S11; do
  grep -q "^$row .* found " <<< "$out" || { echo "$row is missed"; exit 1; }
done
grep -q '^EXTRA' <<< "$out" && { echo "a finding where none is expected"; exit 1; }
exit 0
