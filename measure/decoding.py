#!/usr/bin/env python3
"""How often the decoding rules are right: measure/decoding.py BINARY

Writes every clean article of the corpus as windows-1252 and as UTF-8 with one byte broken, and as it is, and counts what
`encoding` finds. In the first two the fault is there by construction, in the third it is not."""
import json, pathlib, subprocess, sys, tempfile

articles = [path.read_text(encoding='utf-8') for path in sorted((pathlib.Path(__file__).parent.parent / 'corpus/clean').glob('*.txt'))]
articles = [text for text in articles if any(ord(c) > 127 for c in text)]
kinds = {
    'windows-1252': ('encoding/guessed-charset', lambda text: text.encode('windows-1252', 'replace')),
    'one broken byte': ('encoding/undecodable-bytes', lambda text: text.encode()[:-1] + b'\xff\n'),
    'UTF-8 as it is': (None, lambda text: text.encode()),
}
for kind, (rule, encode) in kinds.items():
    with tempfile.TemporaryDirectory() as folder:
        for number, text in enumerate(articles):
            pathlib.Path(folder, f'{number:02}.txt').write_bytes(encode(text))
        command = [sys.argv[1], 'check', '--select', 'encoding', '--preview', '--min-confidence', '0', '--format', 'jsonl', '--exit-zero', folder]
        answers = [json.loads(line) for line in subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout.splitlines()]
    found = [finding['rule'] for answer in answers for finding in answer['findings']]
    print(f'{kind}: {len(answers)} files, {len(found)} findings, {sum(name == rule for name in found)} of them {rule}')
