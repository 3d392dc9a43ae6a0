use serde::Deserialize;

use crate::detect::Context;
use crate::detect::finding::{Candidate, Detector};
use crate::detect::registry::Parts;
use crate::language::{Annotated, SymSet, TokenKind};

/// Finds the buttons of a share bar that were extracted as words: "Send Facebook Twitter WhatsApp".
pub(super) struct ShareBar {
    networks: SymSet,
    actions: SymSet,
    joints: SymSet,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Options {
    /// Networks and other targets of sharing.
    networks: String,
    /// What a button says besides a target.
    actions: String,
}

/// Names of networks that follow each other without a comma or a conjunction are buttons.
const ENOUGH_NETWORKS: usize = 3;

impl ShareBar {
    pub(super) fn new(parts: &mut Parts) -> Result<ShareBar, String> {
        let Options { networks, actions } = parts.options()?;
        let (networks, actions) = (parts.entries(&networks)?, parts.entries(&actions)?);
        let mut add = |forms: &[String]| forms.iter().map(|form| parts.vocabulary.add(form)).collect();
        let joints = ["on", "to", "via", "by", "with", "this", "+", "|", "·", "•", "/", "link", "page", "article", "story", "(", ")"];
        Ok(ShareBar {
            networks: add(&networks),
            actions: add(&actions),
            joints: joints.iter().map(|form| parts.vocabulary.add(form)).collect(),
        })
    }

    /// The end of the run of buttons that starts at `start`, after its last network, and whether it is one.
    fn run(&self, doc: &Annotated, start: usize, end: usize) -> (usize, bool) {
        let (mut networks, mut actions, mut last) = (0, 0, start);
        let mut at = start;
        while at < end {
            let token = &doc.tokens[at];
            let form = token.lower;
            if self.networks.contains(&form) {
                networks += 1;
                last = at + 1;
            } else if self.actions.contains(&form) && doc.word(at).starts_with(char::is_uppercase) {
                actions += 1;
                last = at + 1;
            } else if !self.joints.contains(&form) {
                break;
            }
            at += 1;
        }
        let bar = networks >= ENOUGH_NETWORKS || networks >= 2 && actions >= 1 || networks == 1 && actions >= 2;
        (last, bar && last > start + 1)
    }
}

impl Detector for ShareBar {
    fn detect(&self, context: &Context, found: &mut Vec<Candidate>) {
        let doc = context.doc;
        for block in doc.judged_blocks() {
            let mut at = block.tokens.start;
            while at < block.tokens.end {
                let form = doc.tokens[at].lower;
                if !self.networks.contains(&form) && !self.actions.contains(&form) || doc.tokens[at].quoted {
                    at += 1;
                    continue;
                }
                let (end, bar) = self.run(doc, at, block.tokens.end);
                // "on Facebook Twitter users wrote": a bar starts a line, follows a closed sentence, or has a button or many names.
                let whole = at == block.tokens.start && end == block.tokens.end;
                let starts = at == block.tokens.start || doc.tokens[at - 1].kind == TokenKind::Punct;
                let button = self.actions.contains(&form) && doc.word(at).starts_with(char::is_uppercase);
                let many = (at..end).filter(|&at| self.networks.contains(&doc.tokens[at].lower)).count() > ENOUGH_NETWORKS;
                if bar && (whole || starts || button || many) {
                    found.push(Candidate::at(doc.span(at..end)));
                }
                at = end.max(at + 1);
            }
        }
    }
}
