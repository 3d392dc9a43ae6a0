"""What the plant_*.py scripts share: texts to plant in, places that fit, a run of the tool, the table."""
import gzip, json, random, re, subprocess

PLACES = 50


def articles(path="../shared/data/human.dev.jsonl.gz"):
    """The sound texts long enough to have a middle."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        records = [json.loads(line) for line in lines]
    return [record for record in records if len(record["text"]) > 600]


def breaks(text):
    """Places between two sentences, not within a quotation."""
    found = [match.end() for match in re.finditer(r"[a-z]{3}[.]\s+(?=[A-Z][a-z]+ [a-z])", text)]
    return [at for at in found if text[:at].count('"') % 2 == 0 and text[:at].count("“") == text[:at].count("”")]


def words(text):
    """Places of lower-case words of five letters or more, with lower-case words around them, outside quotations."""
    found = [match.span(1) for match in re.finditer(r"(?<=[a-z] )([a-z]{5,})(?= [a-z]{2,} [a-z])", text)]
    return [span for span in found if text[: span[0]].count('"') % 2 == 0 and text[: span[0]].count("“") == text[: span[0]].count("”")]


def run(binary, planted, family):
    """Planted: {id: (text, start, end)}. The ids found, and those with a repair at the place."""
    lines = "".join(json.dumps({"id": key, "text": text}) + "\n" for key, (text, _, _) in planted.items())
    command = [binary, "check", "--select", family, "--input-type", "jsonl", "--format", "jsonl", "--exit-zero", "-"]
    answer = subprocess.run(command, input=lines, capture_output=True, text=True, check=True).stdout
    found, repaired = set(), set()
    for line in answer.splitlines():
        document = json.loads(line)
        _, start, end = planted[document["id"]]
        for finding in document["findings"]:
            spans = [finding["chars"]] + [place["chars"] if isinstance(place, dict) else place for place in finding["related"]]
            if any(span[0] < end and start < span[1] for span in spans):
                found.add(document["id"])
                if finding["suggestions"]:
                    repaired.add(document["id"])
    return found, repaired


def table(binary, family, kinds, seed):
    """kinds: {name: plant(random, text) -> (text, start, end) or None}. Prints the share found of each kind."""
    texts = articles()
    planted = {}
    for kind, plant in kinds.items():
        rng = random.Random(f"{seed} {kind}")
        order = rng.sample(texts, len(texts))
        for record in order:
            if sum(key.startswith(kind + "/") for key in planted) == PLACES:
                break
            made = plant(rng, record["text"])
            if made:
                planted[f"{kind}/{record['id']}"] = made
    found, repaired = run(binary, planted, family)
    print(f"{'kind':<22} places found share repair")
    for kind in kinds:
        keys = [key for key in planted if key.startswith(kind + "/")]
        hits = sum(key in found for key in keys)
        print(f"{kind:<22} {len(keys):>6} {hits:>5} {hits / max(1, len(keys)):>5.0%} {sum(key in repaired for key in keys):>6}")
