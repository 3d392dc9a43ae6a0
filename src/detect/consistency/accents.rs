use rustc_hash::FxHashMap;
use unicode_normalization::UnicodeNormalization as _;

use super::{RELATED, odd_one, rarer, times, usual_one};
use crate::detect::Context;
use crate::detect::finding::{Candidate, Detector, Edit};
use crate::detect::registry::Parts;
use crate::language::{Shape, TokenKind};
use crate::text::Span;

/// A name that keeps its accent in one place and has lost it in another.
struct Accents;

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Options {}

/// Shorter names are often two different ones.
const SHORTEST: usize = 5;

pub(super) fn build(parts: &mut Parts) -> Result<Box<dyn Detector>, String> {
    let Options {} = parts.options()?;
    Ok(Box::new(Accents))
}

impl Detector for Accents {
    fn captures(&self) -> &'static [&'static str] {
        &["rare", "rare_times", "common", "common_times"]
    }

    fn detect(&self, context: &Context, found: &mut Vec<Candidate>) {
        let doc = context.doc;
        if doc.text.is_ascii() {
            return;
        }
        let is_name = |shape: Shape| matches!(shape, Shape::Capitalised | Shape::Mixed);
        // Bare form to the accented forms and their places.
        let mut names: FxHashMap<String, Vec<(&str, Vec<Span>)>> = FxHashMap::default();
        for block in doc.judged_blocks() {
            for at in block.tokens.clone() {
                let token = &doc.tokens[at];
                let text = token.host().of(doc.text);
                if token.kind != TokenKind::Word || text.is_ascii() || !is_name(token.shape) {
                    continue;
                }
                let bare: String = text.nfd().filter(|c| !unicode_normalization::char::is_combining_mark(*c)).collect();
                if bare.len() >= SHORTEST && bare.is_ascii() {
                    place(names.entry(bare).or_default(), text, token.host());
                }
            }
        }
        if names.is_empty() {
            return;
        }
        for block in doc.judged_blocks() {
            for at in block.tokens.clone() {
                let token = &doc.tokens[at];
                if token.kind == TokenKind::Word && is_name(token.shape) {
                    let text = token.host().of(doc.text);
                    if text.is_ascii()
                        && let Some(forms) = names.get_mut(text)
                    {
                        place(forms, text, token.host());
                    }
                }
            }
        }
        let mut names: Vec<_> = names.into_values().filter(|forms| forms.len() > 1).collect();
        names.sort_by_key(|forms| forms[0].1[0]);
        for forms in names {
            let (words, places): (Vec<&str>, Vec<Vec<Span>>) = forms.into_iter().unzip();
            let Some(odd) = odd_one(&places) else { continue };
            let Some(usual) = usual_one(&places, odd) else { continue };
            let Some(mut candidate) = rarer(&places[odd]) else { continue };
            candidate.also =
                places[odd][1..].iter().take(RELATED).map(|span| Edit { span: *span, text: words[usual].to_owned() }).collect();
            found.push(
                candidate
                    .with("rare", words[odd])
                    .with("rare_times", times(places[odd].len()))
                    .with("common", words[usual])
                    .with("common_times", times(places[usual].len())),
            );
        }
    }
}

fn place<'d>(forms: &mut Vec<(&'d str, Vec<Span>)>, text: &'d str, span: Span) {
    match forms.iter_mut().find(|(form, _)| *form == text) {
        Some((_, places)) => places.push(span),
        None => forms.push((text, vec![span])),
    }
}
