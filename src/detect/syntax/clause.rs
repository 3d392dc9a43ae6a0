//! Whether a stretch of tokens has a finite verb, asked of the tag and of what each form can be.

use std::ops::Range;

use crate::language::{Annotated, Shape, TokenKind};
use crate::model::{Fine, FineSet, Tag};

/// In how many of 15 cases a form has a capital that is a name.
const ALWAYS: u8 = 13;

/// The finite tags.
pub(super) fn finite_tags() -> FineSet {
    Fine::ALL.iter().copied().filter(|tag| tag.is_finite()).collect()
}

/// Whether a token may be a finite verb, by its tag here or by what its form can be elsewhere; `first` opens the sentence.
pub(super) fn may_be_finite(doc: &Annotated, at: usize, first: usize, finite: FineSet) -> bool {
    let (Some(tag), Some(facts)) = (doc.tag(at), doc.facts(at)) else { return true };
    let token = &doc.tokens[at];
    if token.kind != TokenKind::Word {
        return false;
    }
    // Taggers take a name that is also a verb for an imperative at the start of a sentence.
    if token.shape == Shape::Capitalised && facts.capitalised >= ALWAYS && token.clitic == 0 {
        return false;
    }
    if tag.is_finite() {
        return true;
    }
    let before = |back: usize| at.checked_sub(back).filter(|&before| before >= first).and_then(|before| doc.tag(before));
    if token.clitic > 0 {
        let noun_follows = doc.tag(at + 1).is_some_and(|next| matches!(next.upos(), Tag::Noun | Tag::Propn | Tag::Adj | Tag::Num));
        return !noun_follows || matches!(tag.upos(), Tag::Pron | Tag::Adv | Tag::Det);
    }
    match tag {
        Fine::VerbBase | Fine::AuxBase => {
            // An infinitive hangs on “to” or on a word before; else it is an imperative.
            !(1..=4).any(|back| before(back) == Some(Fine::To))
        }
        _ if tag.is_name() && token.shape != Shape::Lower && at > first => false,
        Fine::VerbParticiple | Fine::AuxParticiple => !facts.tags.and(finite).is_empty() || facts.tags.is_empty(),
        _ if facts.tags.is_empty() => token.shape == Shape::Lower && matches!(doc.word(at).as_bytes(), [.., b's'] | [.., b'e', b'd']),
        _ if facts.tags.and(finite).is_empty() => false,
        _ => {
            let held = |tag: Fine| {
                matches!(tag.upos(), Tag::Det | Tag::Adj | Tag::Num | Tag::Adp) || matches!(tag, Fine::PronOwn | Fine::Genitive)
            };
            !before(1).is_some_and(held)
        }
    }
}

/// Whether no finite verb stands in the main clause: none at all, or no more than words that open a clause before them.
pub(super) fn is_verbless(doc: &Annotated, tokens: Range<usize>, finite: FineSet) -> bool {
    let first = tokens.start;
    let (mut openers, mut verbs) = (0, 0);
    for at in tokens {
        let opens =
            matches!(doc.tag(at), Some(Fine::PronWho | Fine::PronWhich | Fine::PronWhose | Fine::AdvWh | Fine::Sconj | Fine::DetWh));
        if opens {
            if at == first {
                return false;
            }
            openers += 1;
        } else if may_be_finite(doc, at, first, finite) {
            verbs += 1;
            if verbs > openers {
                return false;
            }
        }
    }
    true
}

/// Whether a token is a name, by its tag or because its form always has a capital.
pub(super) fn is_name(doc: &Annotated, at: usize) -> bool {
    let always = doc.tokens[at].shape != Shape::Lower && doc.facts(at).is_some_and(|facts| facts.capitalised >= ALWAYS);
    always || doc.tag(at).is_some_and(Fine::is_name)
}

/// Whether a token can be part of a noun phrase before its first article.
pub(super) fn is_nominal(doc: &Annotated, at: usize) -> bool {
    is_name(doc, at) || doc.tag(at).is_some_and(|tag| matches!(tag.upos(), Tag::Noun | Tag::Propn | Tag::Adj | Tag::Det))
}
