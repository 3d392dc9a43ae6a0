"""Plants faults of known kinds in sound text and counts what is found and mended. Standard library only; the seed is fixed.

A kind is a function of a text and a random generator that gives (start, end, faulty text) or None where it does not fit."""
import gzip, json, random, subprocess

def documents(path):
    with (gzip.open(path, 'rt', encoding='utf-8') if path.endswith('.gz') else open(path, encoding='utf-8')) as lines:
        return [json.loads(line)['text'] for line in lines]

def pick(pattern, text, rng):
    """A random match of a compiled expression."""
    found = list(pattern.finditer(text))
    return rng.choice(found) if found else None

def run(binary, family, texts):
    lines = '\n'.join(json.dumps({'id': str(i), 'text': text}, ensure_ascii=False) for i, text in enumerate(texts)) + '\n'
    command = [binary, 'check', '--input-type', 'jsonl', '--format', 'jsonl', '--exit-zero', '--select', family, '-']
    answers = subprocess.run(command, input=lines.encode(), stdout=subprocess.PIPE, check=True).stdout.decode()
    return {int(answer['id']): answer for answer in map(json.loads, filter(None, answers.split('\n')))}

def mended(text, findings):
    edits = []
    for finding in findings:
        for suggestion in finding['suggestions'][:1]:
            edits += [(*finding['chars'], suggestion['text'])] + [(*edit['chars'], edit['text']) for edit in suggestion.get('also', [])]
    for start, end, new in sorted(edits, reverse=True): text = text[:start] + new + text[end:]
    return text

def places(finding):
    return [finding['chars']] + [place['chars'] for place in finding['related']]

def table(binary, data, family, kinds, wanted=50):
    """Prints, for each kind, how many of 50 planted faults are found at the default level, and how many of those mended."""
    texts = documents(data)
    silent = run(binary, family, texts)
    sound = [i for i in range(len(texts)) if not silent[i]['findings']]
    print(f'{family}: faults planted in {len(sound)} texts without a finding, default level\n{"kind":40} planted  found  mended')
    low = []
    for kind, (plant, repairs) in kinds.items():
        rng = random.Random(f'{family} {kind}'); order = sound[:]; rng.shuffle(order)
        planted = []
        for i in order * 20:
            if len(planted) == wanted: break
            fault = plant(texts[i], rng)
            if fault: planted.append((i, *fault))
        wrong = [texts[i][:start] + new + texts[i][end:] for i, start, end, new in planted]
        answers = run(binary, family, wrong)
        found = fixed = 0
        for n, (i, start, end, new) in enumerate(planted):
            findings = answers[n]['findings']
            hit = any(s < start + max(1, len(new)) and start < e for finding in findings for s, e in places(finding))
            found += hit
            fixed += hit and mended(wrong[n], findings) == texts[i]
        print(f'{kind:40} {len(planted):7} {found:6}  {fixed if repairs else "-":>6}')
        if planted and found < 0.8 * len(planted): low.append(kind)
    print('under 80 %: ' + (', '.join(low) or 'none'))
