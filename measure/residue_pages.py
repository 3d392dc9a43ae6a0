#!/usr/bin/env python3
"""Residue that extractors leave of twenty pages, and how much of it is found.

The pages of corpus/pages stand in the manner of news sites; labels.tsv names their clutter by kind. Each page goes through
three extractors from PyPI (trafilatura, readability-lxml, newspaper4k). Of every labelled text that is still in an
extraction the table says whether a finding of the family `residue` touches it; a finding that touches no labelled text is
a false alarm. Usage: residue_pages.py BINARY (run where the three packages are installed)."""
import collections, json, pathlib, re, subprocess, sys

binary = sys.argv[1]
show = "--show" in sys.argv
root = pathlib.Path(__file__).resolve().parent.parent / "corpus" / "pages"
labels = collections.defaultdict(list)
for line in (root / "labels.tsv").read_text(encoding="utf-8").splitlines()[1:]:
    page, kind, text = line.split("\t")
    labels[page].append((kind, text))


def with_trafilatura(source):
    import trafilatura
    return trafilatura.extract(source, favor_recall=True, include_comments=True) or ""


def with_readability(source):
    import lxml.html
    from readability import Document
    body = lxml.html.fromstring(Document(source).summary())
    blocks = body.xpath("//p|//h1|//h2|//h3|//li|//button")
    return "\n\n".join(" ".join(block.text_content().split()) for block in blocks)


def with_newspaper(source):
    import newspaper
    article = newspaper.Article("https://example.org/a")
    article.download(input_html=source)
    article.parse()
    return article.title + "\n\n" + article.text


texts = {}
for page in sorted(labels):
    source = (root / f"{page}.html").read_text(encoding="utf-8")
    for name, extract in [("trafilatura", with_trafilatura), ("readability-lxml", with_readability), ("newspaper4k", with_newspaper)]:
        texts[f"{page} {name}"] = extract(source)

lines = "".join(json.dumps({"id": key, "text": text}) + "\n" for key, text in texts.items())
command = [binary, "check", "--select", "residue", "--input-type", "jsonl", "--format", "jsonl", "--exit-zero", "-"]
if "--preview" in sys.argv:
    command[2:2] = ["--preview", "--min-confidence", "0"]
answer = subprocess.run(command, input=lines, capture_output=True, text=True, check=True).stdout
left, found = collections.Counter(), collections.Counter()
alarms = collections.Counter()
by_extractor = collections.Counter()
for line in answer.splitlines():
    document = json.loads(line)
    text = texts[document["id"]]
    page, extractor = document["id"].split(" ")
    places = [(finding["rule"], span) for finding in document["findings"] for span in [finding["chars"], *(r["chars"] if isinstance(r, dict) else r for r in finding["related"])]]
    labelled = []
    for kind, wanted in labels[page]:
        pattern = r"\s+".join(re.escape(word) for word in wanted.split())
        # The headline itself is no residue: only its copies are.
        spots = list(re.finditer(pattern, text))
        spots = spots[1:] if kind == "doubled-line" else spots
        for spot in spots[:1]:
            left[kind] += 1
            by_extractor[extractor] += 1
            labelled.append(spot.span())
            hit = any(start < spot.end() and spot.start() < end for _, (start, end) in places)
            found[kind] += hit
            if show and not hit:
                print("missed:", document["id"], kind, wanted)
        labelled.extend(spot.span() for spot in spots[1:])
    for finding in document["findings"]:
        start, end = finding["chars"]
        # The site's name behind the headline and labelled clutter are fair game.
        if not any(start < stop and begin < end for begin, stop in labelled) and "site-name" not in finding["rule"]:
            alarms[finding["rule"]] += 1
            if show:
                print("alarm:", document["id"], finding["rule"], finding["text"])
print(f"{len(labels)} pages, {len(texts)} extractions; labelled texts left by extractor: " + ", ".join(f"{name} {count}" for name, count in sorted(by_extractor.items())))
print(f"{'kind':<18} left found share")
for kind in sorted(left):
    print(f"{kind:<18} {left[kind]:>4} {found[kind]:>5} {found[kind] / left[kind]:>5.0%}")
print(f"{'all':<18} {sum(left.values()):>4} {sum(found.values()):>5} {sum(found.values()) / max(1, sum(left.values())):>5.0%}")
print(f"false alarms: {sum(alarms.values())}" + "".join(f"; {rule} {count}" for rule, count in sorted(alarms.items())))
