"""What counts as a paragraph of sound English prose."""

import hashlib
import html
import re
import unicodedata

FUNCTION = frozenset(
    """the of and to a in is that it was for on are as with his they at be this from i have or by one had not but what all were when we
    there can an your which their said if do will each about how up out them then she many some so these would other into has more her
    two like him see time could no make than first been its who now my over did down only way may after most our me you he also any
    because such where through before between under while during against since us those just should very even again being does""".split()
)
WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
MARKUP = re.compile(r"https?:|www\.|[{}<>|\\_=~^@#*]|\.\.\.\.|--{2,}|\b\w+\(\)|&\w+;|\w\.\w+\.\w|\$\w")
SPACE = re.compile(r"\s+")
END = re.compile(r"[.!?…][\"'”’)\]]*\Z")
STARTS = re.compile(r"[\"'“‘(]?[A-Z0-9£$€]")
STUCK = re.compile(r"[a-z][.!?,;:]+[\"”]?[A-Z]|[a-z][!?,;:][a-z]")


def tidy(text):
    text = unicodedata.normalize("NFC", html.unescape(text))
    text = text.replace("\u00ad", "").replace("\u200b", "").replace("\ufeff", "")
    return SPACE.sub(" ", text).strip()


def sound(text, least=8):
    """A paragraph of whole sentences, mostly of words, enough of them function words."""
    words = WORD.findall(text)
    if len(words) < least or not END.search(text) or not STARTS.match(text):
        return False
    if MARKUP.search(text) or STUCK.search(text) or "\ufffd" in text or "Ã" in text or "Â" in text or "â€" in text:
        return False
    letters = sum(map(len, words))
    if letters < 0.72 * len(text) or letters > 7.5 * len(words) or letters < 3 * len(words):
        return False
    if sum(character.isascii() for character in text) < 0.93 * len(text):
        return False
    if sum(word[0].isupper() for word in words) > 0.4 * len(words) or sum(word.isupper() and len(word) > 1 for word in words) > 0.15 * len(words):
        return False
    return sum(word.lower() in FUNCTION for word in words) >= 0.22 * len(words)


class Store:
    """Writes the documents of one source, each paragraph once over all sources."""

    seen = set()

    def __init__(self, path):
        self.path, self.documents, self.words = path, [], 0

    def add(self, paragraphs, least=8):
        kept = []
        for paragraph in paragraphs:
            paragraph = tidy(paragraph)
            if not sound(paragraph, least):
                continue
            key = hashlib.md5("".join(WORD.findall(paragraph.lower())).encode()).digest()
            if key in Store.seen:
                continue
            Store.seen.add(key)
            kept.append(paragraph)
            self.words += paragraph.count(" ") + 1
        if kept:
            self.documents.append("\n".join(kept) + "\n")

    def close(self):
        with open(self.path, "w", encoding="utf-8", newline="\n") as file:
            file.write("\n".join(self.documents))
        return self.words
