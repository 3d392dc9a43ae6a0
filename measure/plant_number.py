#!/usr/bin/env python3
"""Faults of numbers, dates and times, planted in sound text: measure/plant_number.py BINARY DATA"""
import datetime, re, sys
from planting import pick, table

MONTHS = 'January February March April May June July August September October November December'.split()
def at(pattern, change):
    pattern = re.compile(pattern)
    def plant(text, rng):
        match = pick(pattern, text, rng)
        if not match: return None
        new = change(match, rng)
        return (match.start(), match.end(), new) if new is not None and new != match.group() else None
    return plant

def instead(pattern, texts):
    """Puts one of some wordings in place of a match; {n} is a number."""
    return at(pattern, lambda m, r: r.choice(texts).replace('{n}', str(r.randrange(3, 60))).replace('{k}', str(r.randrange(2, 9))))

def ordinal(m, rng):
    n, end = m.group(1), m.group(2)
    return n + rng.choice([e for e in ('st', 'nd', 'rd', 'th') if e != end])

def weekday(m, rng):
    day = datetime.date(rng.randrange(1990, 2021), rng.randrange(1, 13), rng.randrange(1, 28))
    name = 'Monday Tuesday Wednesday Thursday Friday Saturday Sunday'.split()[(day.weekday() + rng.randrange(1, 7)) % 7]
    form = rng.choice(['{w}, {m} {d}, {y}', '{w}, {d} {m} {y}', '{w} {d} {m} {y}'])
    return 'on ' + form.format(w=name, m=MONTHS[day.month - 1], d=day.day, y=day.year)

ON_DAY = r'\bon (?:Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)(?=[ .,])'
PEOPLE = r'\b(?:\d{1,3}|two|three|four|five|six|many|several|some) (?:people|men|women|workers|children|residents|students)\b'
KINDS = {
    'groups of no country': (at(r'\b\d{1,3},\d{3},\d{3}\b|\b\d{2,3},000\b', lambda m, r: m.group()[:-3] + m.group()[-3] + '0' + m.group()[-2:] if m.group().endswith('000') else m.group()[:-4] + m.group()[-3:]), False),
    'points for commas': (at(r'(?<=[ ])\d{1,3},\d{3},\d{3}\b|\b\d{1,3},\d{3}(?= (?:people|soldiers|euros|dollars|workers|jobs|troops|refugees|homes|students|residents|members|deaths|cases))', lambda m, r: m.group().replace(',', '.')), True),
    'two points': (at(r'\b\d{1,2}\.\d(?= (?:million|billion|percent|per cent|%))', lambda m, r: m.group() + '.' + str(r.randrange(1, 9))), False),
    'sign and name of a currency': (at(r'(?<=[ (])\$[0-9][0-9.,]*[0-9](?: (?:million|billion))?(?=[ ][a-z])', lambda m, r: m.group() + ' dollars'), True),
    'percent sign and word': (at(r'(?<=\d) (?:percent|per cent)\b', lambda m, r: r.choice([' % percent', '% percent'])), False),
    'unit twice': (at(r'(?<=\d) (?:km|kilometers|kilometres)\b', lambda m, r: ' km kilometres'), False),
    'number and word as one': (at(r'(?<= )(\d{1,4}) (people|million|billion|percent|years|men|women|countries|days|months)\b', lambda m, r: m.group(1) + m.group(2)), True),
    'word and number as one': (at(r'\b(in|of|from|since|by|with) ((?:19|20)\d\d)\b(?=[ .,])', lambda m, r: m.group(1) + m.group(2)), True),
    'ending of an ordinal': (at(r'\b(\d{1,3})(st|nd|rd|th)\b(?! of this)', ordinal), True),
    'stop after the day': (instead(ON_DAY, [f'on {{n}}. {month} 2017' for month in MONTHS[:4]]), False),
    'clock of another language': (at(r'\bat \d{1,2}(?::\d\d)? ?(?:p\.m\.|pm|am|a\.m\.)|' + ON_DAY, lambda m, r: f"at {r.randrange(13, 24)} o'clock"), False),
    'day that a month has not': (at(ON_DAY, lambda m, r: r.choice(['on Feb. 30', 'on June 31', 'on 31 April', 'on November 31', 'on September 31st', 'on 30 February'])), False),
    'wrong weekday': (at(ON_DAY, weekday), False),
    'time that no clock shows': (at(ON_DAY, lambda m, r: r.choice([f'at {r.randrange(25, 30)}:{r.randrange(10, 60)}', f'at {r.randrange(1, 24)}:{r.randrange(61, 99)}', f'at {r.randrange(13, 24)}:{r.randrange(10, 60)} p.m.'])), False),
    'years that run backwards': (at(ON_DAY, lambda m, r: f'in {(y := r.randrange(1950, 2017))}{r.choice("-–")}{y - r.randrange(1, 12)}'), False),
    'between … to': (at(PEOPLE, lambda m, r: f'between {(n := r.randrange(3, 90))} to {n + r.randrange(1, 60)} people'), False),
    'decade of five figures': (at(ON_DAY, lambda m, r: f'in the {r.choice(["20170", "19800", "19950", "20100", "19600"])}s'), False),
    'words and figures disagree': (at(PEOPLE, lambda m, r: f'{(w := r.choice([("two", 2), ("three", 3), ("seven", 7), ("twelve", 12), ("twenty-five", 25)]))[0]} ({w[1] + r.randrange(1, 9)}) people'), False),
}

def stop(text, rng):
    match = pick(re.compile(ON_DAY), text, rng)
    return (match.start(), match.end(), f'on {rng.randrange(1, 29)}. {rng.choice(MONTHS)} 2017') if match else None
KINDS['stop after the day'] = (stop, False)
table(sys.argv[1], sys.argv[2], 'number', KINDS)
