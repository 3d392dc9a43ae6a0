#!/usr/bin/env python3
"""Residue planted in sound text: each kind at 50 places of human.dev, half on a line of its own, half in the line where
the kind is met so. Usage: plant_residue.py BINARY, in the root of the repository."""
import sys

from plant import breaks, table

ADS = ["Advertisement", "ADVERTISEMENT", "Story continues below advertisement", "Article continues after this ad", "Sponsored content", "Advertisement - scroll to continue", "Promoted stories", "Skip advertisement"]
KINDS = {
    "share bar": ["Share Facebook Twitter", "Send Facebook Twitter WhatsApp", "Facebook Twitter LinkedIn Email", "Share on Facebook Share on Twitter", "Share Tweet Pin Email", "WhatsApp Telegram Facebook Print", "Share this with Email Facebook Messenger Twitter Pinterest", "Facebook Twitter Reddit Flipboard"],
    "read more": ["Read more", "READ MORE", "Related stories", "You might also like", "Continue reading", "Most read", "More on this story", "Recommended for you", "Top stories", "Editor's picks", "Related articles", "See more"],
    "teaser": ["READ ALSO: Ten bridges worth a journey", "READ MORE: What the drought means for bread", "Read more about the harbour plans here.", "WATCH: The mayor's first day", "RELATED: Who pays for the bridge", "See also: A short history of salt", "MORE: The best of the coast", "ALSO READ: Why wolves came back", "Recommended: Our guide to the islands"],
    "call to action": ["Sign up for our daily newsletter.", "Subscribe to our channel for updates.", "Follow us on Facebook and Instagram.", "Click here to read the report.", "Download our app for breaking news.", "Get the day's top stories in your inbox.", "Like us on Facebook.", "Never miss a story.", "Sign up here for our weekly briefing.", "Do you have a story to share?"],
    "paywall": ["Already a subscriber? Sign in", "To continue reading, please subscribe.", "You have reached your limit of free articles.", "Subscribe to read the full story.", "This article is for subscribers only.", "Log in to continue", "Create a free account to read on.", "Start your free trial today."],
    "cookie notice": ["We use cookies to improve your experience.", "This site uses cookies.", "By using this site you agree to our terms.", "Accept all cookies", "Cookie settings", "We value your privacy", "This website uses cookies to analyse traffic.", "Manage cookie preferences"],
    "player message": ["This video file cannot be played.", "Media playback is not supported on this device", "Your browser does not support the video tag.", "Please enable JavaScript to view this content.", "Video unavailable", "This content is not available in your region.", "Sorry, this video is not available.", "An error occurred. Please try again later."],
    "advertisement": ADS,
    "navigation": ["Home > News > World", "Skip to main content", "Back to top", "Next article", "Home News Sport Business Culture", "Page 1 of 3", "You are here: Home > Politics", "News | Sport | Weather | Travel", "Previous article Next article"],
    "tags": ["Tags: bridge, storm, council", "Topics: Harbours | Storms", "Filed under: Politics, Europe", "Keywords: budget, tax", "Categories: World, Asia", "More on: Climate"],
    "comment count": ["12 comments", "Leave a comment", "View comments", "4 min read", "2 hours ago", "1.2K shares", "Comments (31)", "Add a comment", "Comments are closed", "350 views"],
    "time stamp": ["Published: 3 March 2021, 10:04 GMT", "Last updated 2 hours ago", "Updated: March 4, 2021 at 9:15 a.m.", "Posted on March 3, 2021", "First published on Tue 2 Mar 2021 06.00 GMT", "UPDATED 12:30 GMT", "Published 3 March 2021 Updated 4 March 2021", "Last modified: 12/03/2021"],
    "caption": ["Image caption The bridge after the storm", "FILE PHOTO: Workers on the bridge, May 2, 2020.", "Photo: The bridge after the storm", "Media caption Watch the bridge fall", "Image source, AFP", "Picture: A ferry leaves the harbour", "Caption: The minister on Monday", "File photo: The harbour in spring"],
    "picture credit": ["(Photo: Ada Quist)", "[Ada Quist/Reuters]", "(AP Photo/Ada Quist)", "(Ada Quist/AFP)", "Ada Quist / Getty Images", "(Image: Harbour Authority)", "(Credit: Ada Quist)", "[Photo courtesy of the museum]"],
    "tweet": ["pic.twitter.com/aBcD12eFgH", "— Coast Radio (@coastradio) March 3, 2021", "https://t.co/aB3dE5fG7h", "View this post on Instagram", "A post shared by Coast Radio (@coastradio)", "https://t.co/aB3dE5fG7h pic.twitter.com/aBcD12eFgH"],
    "lost embed": ["Watch the video below.", "See the tweet below:", "Here is the statement:", "Watch the clip above.", "Listen to the interview below.", "See the photos below.", "Here's the video:"],
    "template": ["{{ article.author }}", "[object Object]", "{% include teaser %}", "${headline}", "<%= title %>", "{{title}}", "%%PROMO_BOX%%"],
    "missing value": ["By undefined", "Published Invalid Date", "Photo: null", "undefined min read", "Shares: NaN", "undefined undefined"],
    "markup": ["<br />", "<p class=\"teaser\">", "</div>", "<a href=\"https://example.org/a\">", "[caption id=\"attachment_12\"]", "<!-- teaser -->", "[/caption]", "<strong>"],
    "script": ["window.dataLayer = window.dataLayer || [];", ".teaser { display: none; }", "var player = new Player();", "{\"@context\": \"https://schema.org\"}", "document.write(\"ad\");", "googletag.cmd.push(function() { show(); });", "@media (max-width: 600px) { .ad { width: 10px; } }", "jQuery(document).ready(function() {"],
}
# Kinds that pages fold into a line as well.
IN_LINE = {"share bar", "read more", "teaser", "call to action", "paywall", "cookie notice", "player message", "advertisement", "time stamp", "picture credit", "tweet", "lost embed", "template", "markup", "script", "caption"}
IN_LINE -= {"caption"}
HEADS = ["A long night", "Prices fall", "Slow start", "No way back", "Questions remain", "Hope for spring", "Rivals respond", "Anger in the north", "A bitter winter", "Costs keep rising", "Search goes on", "Who pays for it"]


def between(kind, forms):
    def plant(rng, text):
        places = breaks(text)
        if not places:
            return None
        at, form = rng.choice(places), rng.choice(forms)
        line = kind not in IN_LINE or rng.random() < 0.5
        before, after = ("\n\n", "\n\n") if line else ("", " ")
        head = text[:at].rstrip() + before if line else text[:at]
        return head + form + after + text[at:], len(head), len(head) + len(form)
    return plant


def at_the_top(forms):
    def plant(rng, text):
        form = rng.choice(forms)
        return form + " " + text.lstrip(), 0, len(form)
    return plant


def crosshead(rng, text):
    places = [at for at in breaks(text) if text[at:].split(" ", 1)[0] in {"The", "But", "He", "She", "They", "It", "In", "A", "This", "On", "At", "However", "There"}]
    if not places:
        return None
    at, form = rng.choice(places), rng.choice(HEADS)
    return text[:at] + form + " " + text[at:], at, at + len(form)


def headline_again(rng, text):
    sentence = text[:400].split(". ")[0].strip()
    words = sentence.split()
    if not 6 <= len(words) <= 40 or "\n" in sentence:
        return None
    head = " ".join(words[:10]).rstrip(",;:.")
    return f"{head}\n\n{head}\n\n{text}", len(head) + 2, 2 * len(head) + 2


def second(rng, text):
    places = breaks(text)
    if len(places) < 4:
        return None
    at = rng.choice(places[2:])
    first, again = rng.sample(["TALLINN, March 3 (Agency) – ", "NAIROBI – ", "BOGOTA, May 12 (Agency) — ", "OSLO (Agency) - ", "LAGOS, Nov. 2 – ", "QUITO — "], 2)
    half = text[:at].rstrip()
    cut = breaks(half)
    if not cut:
        return None
    half = first + half[: cut[0]].rstrip() + "\n\n" + half[cut[0]:]
    return half + "\n\n" + again + text[at:], len(half) + 2, len(half) + 2 + len(again)


def cut_off(rng, text):
    places = [at for at in breaks(text)]
    if len(places) < 5:
        return None
    at = rng.choice(places[4:])
    words = text[at:].split(" ")
    kept = next((n for n in range(3, min(20, len(words))) if words[n] in {"the", "a", "of", "and", "to"}), None)
    if kept is None or "\n" in " ".join(words[:kept]):
        return None
    end = rng.choice(["", "...", "… [+1204 chars]", "... Read more", " (more)", "... Continue reading"])
    if end == "" or end == "...":
        kept = next((n for n in range(3, min(30, len(words))) if words[n] in {"the", "a", "and"}), None)
        if kept is None or "\n" in " ".join(words[: kept + 1]):
            return None
    half = text[:at] + " ".join(words[: kept + 1])
    return half + end, len(half) - len(words[kept]), len(half + end)


def stock(rng, text):
    form = rng.choice(["I don't know what to do.", "That is a good idea.", "Thank you for watching.", "I'm sorry about that.", "We are going to see."])
    places = breaks(text)
    if len(places) < 6:
        return None
    for at in sorted(rng.sample(places, 5), reverse=True):
        text = text[:at] + form + " " + text[at:]
    at = text.index(form)
    return text, at, at + len(form)


kinds = {"metadata at dateline": at_the_top(["date 2021-03-04", "date: 2021-03-04", "published_at: 2021-03-04T10:00:00Z", "updated 4 March 2021", "pubdate=2021-03-04", "Date: March 4, 2021"]), "field name": at_the_top(["headline:", "title:", "author: Staff", "body:", "description:", "content:", "source: desk"])}
kinds |= {kind: between(kind, forms) for kind, forms in KINDS.items()}
kinds |= {"glued cross-head": crosshead, "headline twice": headline_again, "second article": second, "cut off": cut_off, "stock sentence": stock}
table(sys.argv[1], "residue", kinds, 5)
