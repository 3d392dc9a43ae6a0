#!/usr/bin/env python3
"""How many articles with broken characters are found: measure/recall_encoding.py BINARY DATA

An article counts as broken where its `flaws` is above 0, and as found where `encoding` has a finding at the default level."""
import collections, gzip, json, subprocess, sys

with gzip.open(sys.argv[2], 'rt', encoding='utf-8') as lines:
    flaws = {row['id']: row['flaws'] for row in map(json.loads, lines)}
command = [sys.argv[1], 'check', '--input-type', 'jsonl', '--format', 'jsonl', '--exit-zero', '--select', 'encoding', '-']
data = gzip.open(sys.argv[2]).read()
answers = list(map(json.loads, filter(None, subprocess.run(command, input=data, stdout=subprocess.PIPE, check=True).stdout.decode().split('\n'))))
found = {answer['id']: [finding['rule'] for finding in answer['findings']] for answer in answers}
broken = [i for i, count in flaws.items() if count]
hit = sum(bool(found[i]) for i in broken)
print(f'articles with broken characters {len(broken)}, found {hit} ({hit / len(broken):.1%})')
sound = [i for i, count in flaws.items() if not count]
print(f'articles without {len(sound)}, with a finding {sum(bool(found[i]) for i in sound)}')
for rule, count in collections.Counter(rule for i in broken for rule in found[i]).most_common(): print(f'{rule:36} {count:5} articles')
