#!/usr/bin/env python3
"""Faults of characters, planted in sound text: measure/plant_encoding.py BINARY DATA"""
import re, sys, unicodedata
from planting import pick, table

WORD = re.compile(r"(?<![\w'’-])[a-z]{4,}(?![\w'’-])")
NAME = re.compile(r"(?<=[a-z,] )[A-Z][a-z]{3,}(?![\w'’-])")

def at(pattern, change):
    pattern = re.compile(pattern) if isinstance(pattern, str) else pattern
    def plant(text, rng):
        match = pick(pattern, text, rng)
        if not match: return None
        new = change(match, rng)
        return (match.start(), match.end(), new) if new is not None and new != match.group() else None
    return plant

def inside(change):
    """Puts something between two letters of a word."""
    def new(match, rng):
        word = match.group(); cut = rng.randrange(2, len(word) - 1)
        return change(word, cut)
    return new

def misread(codec, times=1):
    def new(match, rng):
        text = match.group()
        for _ in range(times):
            text = ''.join(bytes([b]).decode(codec, 'ignore') or chr(b) for b in text.encode())
        return text
    return new

def broken_letter(match, rng):
    word = match.group(); spots = [i for i, c in enumerate(word) if i and c in 'aeou']
    if not spots: return None
    i = rng.choice(spots); return word[:i] + '?' + word[i + 1:]

ALIKE = dict(zip('aeopcxy', 'аеорсху'))
def alike(match, rng):
    word = match.group(); spots = [i for i, c in enumerate(word) if c in ALIKE]
    if not spots: return None
    i = rng.choice(spots); return word[:i] + ALIKE[word[i]] + word[i + 1:]

CURLY = r"(?<=[a-z])[’“”–—](?=[\w ])|[éüöáíñçèã]"
KINDS = {
    'letter as "?"': (at(NAME, broken_letter), False),
    'currency sign as "?"': (at(r'(?<= )[£$€](?=\d)', lambda m, r: '?'), False),
    'space after a quotation as "?"': (at(r'(?<=,)" (?=[a-z])', lambda m, r: '"?'), True),
    'dash as quotation and question mark': (at(r'(?<=[a-z]) [-–] (?=[a-z])', lambda m, r: ' "?'), False),
    'apostrophe as quotation mark': (at(r"(?<=n)'(?=t\b)", lambda m, r: '"'), True),
    'no-break space after a stop as hyphen': (at(r'(?<=[a-z]\.) (?=[A-Z][a-z])', lambda m, r: '- '), True),
    'no-break space between words as hyphen': (at(r'(?<= the) (?=[a-z]{3,}[ ,.])', lambda m, r: '-'), True),
    'U+FFFD': (at(WORD, inside(lambda w, i: w[:i] + '\ufffd' + w[i + 1:])), False),
    'cut contraction': (at(r"\b(?:they|we|you|They|We|You)'(?:re|ve)\b", lambda m, r: m.group()[:-1]), True),
    'exchanged contraction': (at(r"\b(?:they|we|you|They|We|You)'ve\b(?= (?:been|got|had|become))", lambda m, r: m.group()[:-2] + 're'), True),
    'mojibake, windows-1252': (at(CURLY, misread('windows-1252')), True),
    'mojibake, windows-1250': (at(CURLY, misread('windows-1250')), True),
    'mojibake, twice': (at(CURLY, misread('windows-1252', 2)), True),
    'entity of HTML': (at(r'(?<=\w) (?=\w)|["&’é]', lambda m, r: {'"': '&quot;', '&': '&amp;', '’': '&rsquo;', 'é': '&eacute;', ' ': '&nbsp;'}[m.group()]), False),
    'entity encoded twice': (at(r'"', lambda m, r: '&amp;quot;'), True),
    'escape of JSON': (at(r"(?<=[a-z])['’](?=s )", lambda m, r: '\\u2019' if m.group() == '’' else "\\u0027"), True),
    'escape of addresses': (at(r'(?<=[a-z]) (?=[a-z])', lambda m, r: '%20'), True),
    'escape of mail': (at(r"(?<=[a-z])['’](?=s )", lambda m, r: '=E2=80=99'), False),
    'zero-width space': (at(WORD, inside(lambda w, i: w[:i] + '\u200b' + w[i:])), True),
    'soft hyphen': (at(WORD, inside(lambda w, i: w[:i] + '\u00ad' + w[i:])), True),
    'control character': (at(r'(?<=\.) (?=[A-Z])', lambda m, r: '\x07 '), True),
    'mark of direction': (at(r'(?<=\w) (?=[A-Z])', lambda m, r: ' \u202e'), True),
    'look-alike letter': (at(WORD, alike), True),
    'full-width mark': (at(r'(?<=[a-z])[,:](?= )', lambda m, r: chr(ord(m.group()) + 0xFEE0)), True),
    'ligature': (at(r'fi|fl', lambda m, r: {'fi': 'ﬁ', 'fl': 'ﬂ'}[m.group()]), True),
    'accent apart': (at(r'[éüöáíñçèã]', lambda m, r: unicodedata.normalize('NFD', m.group())), True),
    'no-break space inside a word': (lambda text, rng: no_break(text, rng), True),
}

def no_break(text, rng):
    words = [m for m in WORD.finditer(text) if len(re.findall(rf'(?<!\w){m.group()}(?!\w)', text[max(0, m.start() - 3000):m.start() + 3000])) > 1 and len(m.group()) > 5]
    if not words: return None
    m = rng.choice(words); i = rng.randrange(2, len(m.group()) - 2)
    return m.start() + i, m.start() + i, '\u00a0'

table(sys.argv[1], sys.argv[2], 'encoding', KINDS)
