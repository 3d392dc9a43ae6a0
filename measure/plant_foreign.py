#!/usr/bin/env python3
"""Foreign matter planted in sound text: each kind at 50 places of human.dev. Usage: plant_foreign.py BINARY, in the root
of the repository."""
import sys

from plant import breaks, table, words

SENTENCES = [
    "Die Regierung hat am Montag erklärt, dass sie keine neuen Schulden machen wird.", "Der Minister wollte sich nicht zu den Vorwürfen äußern.",
    "El gobierno dijo que no va a cambiar la ley antes de las elecciones.", "Los vecinos esperan desde hace años una respuesta del alcalde.",
    "Le ministre a dit que les travaux ne sont pas encore terminés.", "La police cherche toujours les deux hommes qui ont pris la fuite.",
    "Il governo ha detto che non ci sono soldi per la nuova strada.", "O ministro disse que não há dinheiro para as obras da ponte.",
    "Rząd nie chce się zgodzić na warunki, które przedstawiła komisja.", "Vláda řekla, že peníze na opravu mostu jsou připraveny.",
    "De regering heeft nog niet gezegd wat zij met het geld wil doen.", "Regeringen har ikke sagt, hvad pengene skal bruges til.",
    "Ráðherrann sagði að það væri ekki hægt að breyta lögunum.", "Gwamnatin jihar ta ce za ta gina sabuwar makaranta a cikin shekara.",
    "Hükümet bu konuda henüz bir karar almadı, ancak görüşmeler sürüyor.", "Pemerintah mengatakan bahwa undang-undang itu tidak akan diubah.",
]
PARAGRAPHS = [
    "Die Regierung hat am Montag erklärt, dass sie in diesem Jahr keine neuen Schulden machen wird. Der Minister sagte, das Geld werde für Schulen und Straßen gebraucht.",
    "El gobierno dijo el lunes que no va a cambiar la ley antes de las elecciones. El ministro explicó que el dinero se necesita para las escuelas y las carreteras.",
    "Le gouvernement a annoncé lundi que les travaux du pont ne seront pas terminés avant la fin de l'année. Le ministre a parlé d'un manque d'argent.",
    "Rząd ogłosił w poniedziałek, że nie zmieni ustawy przed wyborami. Minister powiedział, że pieniądze są potrzebne na szkoły i drogi w całym kraju.",
    "De regering heeft maandag gezegd dat de wet niet voor de verkiezingen wordt veranderd. De minister zei dat het geld nodig is voor scholen en wegen.",
    "Правительство заявило в понедельник, что закон не будет изменён до выборов. Министр сказал, что деньги нужны для школ и дорог по всей стране.",
]
FOREIGN = ["ráðherrann", "börnunum", "størrelse", "gjørme", "mężczyzna", "dziewczyną", "především", "kovoľko", "gençlik", "çocukları", "größten", "überfällig", "señalado", "municípios", "européenne", "également", "värdering", "vänlighet", "félelmetes", "közösség", "însemnat", "oraşului"]
SMALL = ["und", "nicht", "que", "pero", "está", "avec", "dans", "della", "sono", "nie", "przez", "ekki", "það", "voor", "niet", "och", "ikke", "için", "yang", "kuma", "wannan"]
SCRIPTS = ["правительство", "министр", "政府", "记者", "الحكومة", "सरकार", "κυβέρνηση", "ממשלה", "정부", "მთავრობა"]
NAMES = ["Ministerio of Health", "Universität of Vienna", "Ministerstvo of Defence", "Gwamnatin of Kano", "Bundesministerium of Finance", "Ayuntamiento of Seville", "Université of Lyon", "Instituto of Geography", "Rząd of Poland", "Polizei of Bavaria"]
MARKS = ["<unk>", "▁{}", "{}@@ ing", "@-@", "##{}", "[UNK]", "</s>", "⁇", "<pad>", "@@{}"]


def between(forms, line):
    def plant(rng, text):
        places = breaks(text)
        if not places or "\n\n" not in text and line is None:
            return None
        at, form = rng.choice(places), rng.choice(forms)
        head = text[:at].rstrip() + "\n\n" if line else text[:at]
        return head + form + ("\n\n" if line else " ") + text[at:], len(head), len(head) + len(form)
    return plant


def instead(forms):
    def plant(rng, text):
        places = words(text)
        if not places:
            return None
        start, end = rng.choice(places)
        form = rng.choice(forms).format(text[start:end])
        return text[:start] + form + text[end:], start, start + len(form)
    return plant


def starred(rng, text):
    places = words(text)
    if not places:
        return None
    start, end = rng.choice(places)
    return text[:start] + "*" + text[start:], start, end + 1


def whole(rng, text):
    first, second = rng.sample(PARAGRAPHS, 2)
    return first + "\n\n" + first.replace("montag", "").split(". ")[1], 0, len(first)


kinds = {
    "untranslated sentence": between(SENTENCES, False),
    "foreign paragraph": between(PARAGRAPHS, True),
    "whole article": whole,
    "word, foreign letters": instead(FOREIGN),
    "small foreign word": instead(SMALL),
    "wrong script": instead(SCRIPTS),
    "half-translated name": instead(NAMES),
    "tokeniser mark": instead(MARKS),
    "unknown-word mark": starred,
}
table(sys.argv[1], "foreign", kinds, 5)
