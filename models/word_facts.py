"""What is known of each word form without its context: frequency, possible Penn tags, habit of capitals.

Usage: python models/word_facts.py ../shared/data OUT.tsv
Needs: pip install wordfreq==3.1.1 lemminflect==0.2.3 (frequencies: Apache-2.0 code, CC BY-SA 4.0 data; inflections: MIT)
Rows: form in lower case, 25 × Zipf frequency, 15 × share of capitalised and of upper-case uses in mid-sentence, tags.
"""
import collections
import gzip
import json
import re
import sys

import wordfreq
from lemminflect import getAllInflections, getAllLemmas

WORD = re.compile(r"[^\W_]+(?:['’&.-][^\W_]+)*")


def texts(data):
    for line in gzip.open(f"{data}/news.train.jsonl.gz", "rt", encoding="utf-8"):
        yield json.loads(line)["text"]
    for name in ("abc", "speeches"):
        yield from gzip.open(f"{data}/text.{name}.txt.gz", "rt", encoding="utf-8")


def habits(data):
    counts = collections.defaultdict(lambda: [0, 0, 0])
    for text in texts(data):
        for sentence in re.split(r"[.!?:;]['\"”’)]*\s+|\n", text):
            words = [match.group() for match in WORD.finditer(sentence)]
            if sum(word[0].islower() for word in words) * 2 < len(words):
                continue
            for word in words[1:]:
                word = re.sub("['’][sS]$", "", word)
                if not word:
                    continue
                count = counts[word.lower().replace("’", "'")]
                count[0] += 1
                if word[0].isupper():
                    count[1] += 1
                    count[2] += len(word) > 1 and word.isupper()
    return counts


def tags(form):
    found = set()
    for upos, lemmas in getAllLemmas(form).items():
        for lemma in lemmas:
            for tag, forms in getAllInflections(lemma, upos).items():
                if form in forms:
                    found.add(tag)
                    if tag == "VB":
                        found.add("VBP")
    return sorted(found)


def main(data, target):
    counts = habits(data)
    frequent = wordfreq.get_frequency_dict("en", "best")
    forms = set(frequent) | {form for form, count in counts.items() if count[0] >= 2}
    with open(target, "w", encoding="utf-8") as out:
        for form in sorted(forms):
            count = counts.get(form, [0, 0, 0])
            zipf = wordfreq.zipf_frequency(form, "en") if form in frequent else 0.0
            share = [round(15 * (c + 0.15) / (count[0] + 1)) for c in count[1:]] if count[0] else [0, 0]
            known = ",".join(tags(form)) if form.isascii() else ""
            print(form, round(25 * zipf), share[0], share[1], min(count[0], 255), known, sep="\t", file=out)


main(*sys.argv[1:3])
