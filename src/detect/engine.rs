use std::ops::Range;

use aho_corasick::Anchored;
use aho_corasick::automaton::Automaton as _;
use aho_corasick::dfa::DFA;
use rustc_hash::FxHashMap;
use thiserror::Error;

use super::finding::{Candidate, Detector, Edit, Finding, Repair};
use super::notes::{NextSame, Notes};
use super::repetition::{Run, Words};
use super::{matcher, overlap, registry, unless};
use crate::fluency::Proposal;
use crate::language::{Annotated, Annotator, Block, LanguageCode, Reading, Sym, SymSet};
use crate::model::{self, Model};
use crate::rule::{Applicability, Body, Gate, Phrase, RegexBody, Rule, RuleSet, Scope};
use crate::text::{DecodeStep, Part, Span};

/// What a rule can look at.
#[derive(Debug)]
pub struct Context<'d> {
    /// The annotated text.
    pub doc: &'d Annotated<'d>,
    /// What decoding did that was not plain UTF-8.
    pub decoding: &'d [DecodeStep],
    notes: Notes,
}

impl<'d> Context<'d> {
    /// The context of a document.
    pub fn new(doc: &'d Annotated<'d>, decoding: &'d [DecodeStep]) -> Context<'d> {
        Context { doc, decoding, notes: Notes::default() }
    }

    /// The words without what stands between them.
    pub(super) fn words(&self) -> &Words {
        self.notes.words(self.doc)
    }

    /// The runs of repeated words that may be part of a loop.
    pub(super) fn runs(&self) -> &[Run] {
        self.notes.runs(self.doc)
    }

    /// The repairs that the model proposes.
    pub(super) fn proposals(&self) -> &[Proposal] {
        self.notes.proposals(self.doc)
    }

    /// Where each token's form comes again.
    pub(super) fn next_same(&self) -> &NextSame {
        self.notes.next_same(self.doc)
    }

    /// Whether the text uses capitals as running text does, so that a missing one means something.
    pub(super) fn has_capitals(&self) -> bool {
        self.notes.has_capitals(self.doc)
    }
}

/// A rule that names a detector wrongly.
#[derive(Debug, Error)]
#[error("rule {rule}: {message}")]
pub struct EngineError {
    /// The rule's id.
    pub rule: String,
    /// What is wrong.
    pub message: String,
}

/// The active rules, ready to run. Built once, shared by threads.
pub struct Engine {
    set: RuleSet,
    annotator: Annotator,
    active: Vec<usize>,
    detectors: FxHashMap<usize, Box<dyn Detector>>,
    gate: LiteralGate,
    phrases: FxHashMap<Sym, Vec<(usize, usize)>>,
    /// The forms that phrases begin with.
    phrase_heads: SymSet,
    /// The model, if an active rule needs it.
    model: Option<&'static Model<'static>>,
}

impl Engine {
    /// An engine that runs those rules of a set for which `active` holds, on texts expected in one language. Texts are read with
    /// the model if `read` is set or an active rule asks for it.
    ///
    /// # Errors
    /// If a rule names a detector that does not exist, or gives it options that it does not know.
    pub fn new(mut set: RuleSet, expected: LanguageCode, read: bool, active: impl Fn(&Rule) -> bool) -> Result<Engine, EngineError> {
        let annotator = Annotator::new(&mut set.vocabulary, expected);
        let mut detectors = FxHashMap::default();
        let mut phrases: FxHashMap<Sym, Vec<(usize, usize)>> = FxHashMap::default();
        let chosen: Vec<usize> = (0..set.rules.len()).filter(|&at| active(&set.rules[at])).collect();
        for (at, rule) in set.rules.iter().enumerate() {
            let error = |message| EngineError { rule: rule.id.clone(), message };
            match &rule.body {
                Body::Detector(name, options) if chosen.contains(&at) => {
                    let detector: Box<dyn Detector> = registry::build(name, options, &set.lists, &mut set.vocabulary).map_err(error)?;
                    let templates =
                        std::iter::once(&rule.message).chain(rule.repair.as_ref().map(|(template, _)| template)).chain(&rule.evidence);
                    if let Some(unknown) =
                        templates.flat_map(|template| template.names()).find(|name| *name != "text" && !detector.captures().contains(name))
                    {
                        return Err(error(format!("{{{unknown}}} is nothing that the detector {name} captures")));
                    }
                    detectors.insert(at, detector);
                }
                Body::Phrases(list) if chosen.contains(&at) => {
                    for (index, phrase) in list.iter().enumerate() {
                        phrases.entry(phrase.words[0]).or_default().push((at, index));
                    }
                }
                _ => {}
            }
        }
        let gate = LiteralGate::new(&set.rules, &chosen);
        let phrase_heads = phrases.keys().copied().collect();
        let asks = |at: &usize| set.rules[*at].needs_model() || detectors.get(at).is_some_and(|detector| detector.needs_model());
        let model = model::embedded().filter(|_| read || chosen.iter().any(asks));
        Ok(Engine { annotator, active: chosen, detectors, gate, phrases, phrase_heads, model, set })
    }

    /// All rules of the set, active or not; [`Finding::rule`] is an index into them.
    pub fn rules(&self) -> &[Rule] {
        &self.set.rules
    }

    /// The rules that run.
    pub fn active(&self) -> impl Iterator<Item = &Rule> {
        self.active.iter().map(|&at| &self.set.rules[at])
    }

    /// Reads a text once for all rules; with the model, where a rule needs it and it is of the text's language.
    pub fn annotate<'t>(&self, text: &'t str, parts: &[Part]) -> Annotated<'t> {
        let mut doc = self.annotator.annotate(text, parts, &self.set.vocabulary);
        if let Some(model) = self.model.filter(|model| model.language() == doc.language.code.0) {
            doc.reading = Some(Reading::new(&doc, model));
        }
        doc
    }

    /// Runs the active rules; the findings come in the order of the text, overlaps settled.
    pub fn run(&self, context: &Context) -> Vec<Finding> {
        let language = context.doc.language.code.0;
        context.notes.repairs.replace(self.detectors.values().filter_map(|detector| detector.repair()).collect());
        let mut found: Vec<(usize, Vec<Candidate>)> = Vec::new();
        for &at in &self.active {
            let rule = &self.set.rules[at];
            if rule.speaks(language) {
                let mut candidates = Vec::new();
                match &rule.body {
                    Body::Detector(..) => self.detectors[&at].detect(context, &mut candidates),
                    Body::Tokens(_) | Body::Regex(_) | Body::Phrases(_) => {}
                }
                found.push((at, candidates));
            }
        }
        self.run_data_rules(context.doc, &mut found);
        let mut findings = Vec::new();
        for (at, candidates) in found {
            let first = findings.len();
            for candidate in candidates {
                debug_assert!(!candidate.span.is_empty(), "{} found nothing at {:?}", self.set.rules[at].id, candidate.span);
                findings.extend(self.finding(context.doc, at, candidate));
            }
            if self.set.rules[at].gather {
                gather(&mut findings, first);
            }
        }
        overlap::settle(findings, &self.set.rules)
    }

    /// Runs the rules made of data, block by block, each only where the block holds a literal that it needs.
    fn run_data_rules(&self, doc: &Annotated, found: &mut [(usize, Vec<Candidate>)]) {
        let slot: FxHashMap<usize, usize> = found.iter().enumerate().map(|(slot, (at, _))| (*at, slot)).collect();
        let rules = self.set.rules.len();
        let mut open = Opened { rules: vec![false; rules], places: vec![Vec::new(); rules] };
        for block in &doc.blocks {
            self.gate.open(doc, block, &mut open);
            for &at in &self.active {
                let rule = &self.set.rules[at];
                if !std::mem::take(&mut open.rules[at]) {
                    continue;
                }
                let places = std::mem::take(&mut open.places[at]);
                if block.foreign && !rule.speaks("*") {
                    continue;
                }
                let Some(&slot) = slot.get(&at) else { continue };
                let candidates = &mut found[slot].1;
                match &rule.body {
                    Body::Tokens(body) => scopes(doc, block, body.scope, |tokens| {
                        for sequence in &body.sequences {
                            matcher::matches_in(doc, sequence, tokens.clone(), |found| {
                                let mut candidate = Candidate::at(doc.span(found.tokens));
                                for (name, capture) in sequence.captures.iter().zip(found.captures).filter(|(_, taken)| !taken.is_empty()) {
                                    candidate.captures.push((name.clone().into(), doc.span(capture).of(doc.text).to_owned()));
                                }
                                candidates.push(candidate);
                            });
                        }
                    }),
                    Body::Regex(body) => opened_scopes(doc, block, body, &places, |tokens| {
                        let scope = doc.span(tokens);
                        let regex = body.regex.get();
                        if body.groups.is_empty() {
                            let base = scope.start as usize;
                            let found = regex.find_iter(scope.of(doc.text)).filter(|found| !found.is_empty());
                            candidates.extend(found.map(|found| Candidate::at(Span::new(base + found.start(), base + found.end()))));
                            return;
                        }
                        for groups in regex.captures_iter(scope.of(doc.text)) {
                            let fault = groups.name("fault").or_else(|| groups.get(0)).filter(|fault| !fault.is_empty());
                            let Some(fault) = fault else { continue };
                            let base = scope.start as usize;
                            let mut candidate = Candidate::at(Span::new(base + fault.start(), base + fault.end()));
                            let named = body.groups.iter().filter_map(|name| Some((name, groups.name(name)?)));
                            candidate.captures.extend(named.map(|(name, group)| (name.clone().into(), group.as_str().to_owned())));
                            candidates.push(candidate);
                        }
                    }),
                    Body::Phrases(_) | Body::Detector(..) => {}
                }
            }
            if !self.phrases.is_empty() {
                self.run_phrases(doc, block, &slot, found);
            }
        }
    }

    fn run_phrases(&self, doc: &Annotated, block: &Block, slot: &FxHashMap<usize, usize>, found: &mut [(usize, Vec<Candidate>)]) {
        for start in block.tokens.clone() {
            let first = &doc.tokens[start].lower;
            if !self.phrase_heads.contains(first) {
                continue;
            }
            let Some(entries) = self.phrases.get(first) else { continue };
            for &(at, index) in entries {
                let Body::Phrases(list) = &self.set.rules[at].body else { continue };
                let Phrase { words, replacement, reason } = &list[index];
                let end = start + words.len();
                let same = end <= block.tokens.end && doc.tokens[start..end].iter().map(|token| token.lower).eq(words.iter().copied());
                if let (true, Some(&slot)) = (same, slot.get(&at)) {
                    found[slot]
                        .1
                        .push(Candidate::at(doc.span(start..end)).with("replacement", replacement.clone()).with("reason", reason.clone()));
                }
            }
        }
    }

    /// A candidate that no exception excuses, in the rule's words.
    fn finding(&self, doc: &Annotated, at: usize, candidate: Candidate) -> Option<Finding> {
        let rule = &self.set.rules[at];
        if unless::excuse(doc, &rule.unless, candidate.span).is_some() {
            return None;
        }
        let quoted = match doc.tokens_in(candidate.span) {
            tokens if tokens.is_empty() => false,
            tokens if doc.block_of(tokens.start).foreign && !rule.speaks("*") => return None,
            tokens => doc.tokens[tokens].iter().any(|token| token.quoted),
        };
        let text = candidate.span.of(doc.text);
        let value = |name: &str| match name {
            "text" => Some(text),
            _ => candidate.captures.iter().find(|(known, _)| known == name).map(|(_, text)| text.as_str()),
        };
        let repair = rule.repair.as_ref().map(|(template, applicability)| Repair {
            text: template.fill(value),
            // Quoted speech is evidence, and two repairs are a choice: an editor looks first.
            applicability: if quoted || !candidate.alternatives.is_empty() {
                (*applicability).min(Applicability::Review)
            } else {
                *applicability
            },
            also: candidate.also.clone(),
        });
        let mut evidence: Vec<String> = rule.evidence.iter().map(|template| template.fill(value)).collect();
        evidence.extend(candidate.evidence.iter().cloned());
        Some(Finding {
            rule: at,
            span: candidate.span,
            confidence: rule.confidence(candidate.grade),
            severity: rule.severity,
            message: rule.message.fill(value),
            evidence,
            repair: repair.filter(|repair| repair.text != text || !repair.also.is_empty()),
            related: candidate.related,
            alternatives: candidate.alternatives,
        })
    }
}

/// Makes one finding of those since `from`: the first, with the others as related places and their repairs in its own.
fn gather(findings: &mut Vec<Finding>, from: usize) {
    /// More places are counted, not listed.
    const SHOWN: usize = 99;
    if findings.len() < from + 2 {
        return;
    }
    findings[from..].sort_by_key(|finding| finding.span);
    let others = findings.split_off(from + 1);
    let first = &mut findings[from];
    first.evidence.push(match others.len() {
        1 => "It stands in one other place too.".to_owned(),
        more => format!("It stands in {more} other places too."),
    });
    first.related.extend(others.iter().take(SHOWN).map(|other| other.span));
    if let Some(repair) = &mut first.repair {
        for other in others {
            if let Some(more) = other.repair {
                repair.applicability = repair.applicability.min(more.applicability);
                repair.also.push(Edit { span: other.span, text: more.text });
                repair.also.extend(more.also);
            }
        }
    }
}

/// Calls `each` with the tokens of every scope in a block that holds one of the places where a literal ends.
fn opened_scopes(doc: &Annotated, block: &Block, body: &RegexBody, places: &[u32], mut each: impl FnMut(Range<usize>)) {
    if body.scope == Scope::Block || body.literals.is_empty() {
        return scopes(doc, block, body.scope, each);
    }
    let sentences = &doc.sentences[block.sentences.clone()];
    let mut next = 0;
    for place in places {
        let at = sentences.partition_point(|sentence| sentence.span.end <= *place);
        if at >= next && at < sentences.len() {
            next = at + 1;
            each(sentences[at].tokens.clone());
        }
    }
}

/// Calls `each` with the tokens of every scope in a block.
fn scopes(doc: &Annotated, block: &Block, scope: Scope, mut each: impl FnMut(Range<usize>)) {
    match scope {
        Scope::Block => each(block.tokens.clone()),
        Scope::Sentence => doc.sentences[block.sentences.clone()].iter().for_each(|sentence| each(sentence.tokens.clone())),
    }
}

/// Opens rules for a block by the literals that stand in it: by the forms of its tokens for token rules, and by one
/// Aho-Corasick pass over its text for regular expressions. A rule without a literal is always open.
struct LiteralGate {
    always: Vec<usize>,
    forms: SymSet,
    by_form: FxHashMap<Sym, Vec<usize>>,
    literals: Option<DFA>,
    /// The rule of each literal, and its bytes where they must stand in this case.
    rules_of_literal: Vec<(usize, Option<Box<[u8]>>)>,
}

/// What a block opens.
struct Opened {
    /// By rule: whether it can match in the block.
    rules: Vec<bool>,
    /// By rule: where the literals of its regular expression end, in the order of the text.
    places: Vec<Vec<u32>>,
}

impl LiteralGate {
    fn new(rules: &[Rule], active: &[usize]) -> LiteralGate {
        let mut gate = LiteralGate {
            always: Vec::new(),
            forms: SymSet::default(),
            by_form: FxHashMap::default(),
            literals: None,
            rules_of_literal: Vec::new(),
        };
        let mut literals = Vec::new();
        for &at in active {
            match &rules[at].body {
                Body::Tokens(body) => match &body.gate {
                    Gate::Open => gate.always.push(at),
                    Gate::Forms(forms) => {
                        gate.forms.extend(forms.iter());
                        forms.iter().for_each(|form| gate.by_form.entry(form).or_default().push(at));
                    }
                },
                Body::Regex(body) if body.literals.is_empty() => gate.always.push(at),
                Body::Regex(body) => {
                    for literal in &body.literals {
                        literals.push(literal.clone());
                        gate.rules_of_literal.push((at, body.exact.then(|| literal.as_bytes().into())));
                    }
                }
                Body::Phrases(_) | Body::Detector(..) => {}
            }
        }
        if !literals.is_empty() {
            gate.literals = DFA::builder().ascii_case_insensitive(true).build(&literals).ok();
            debug_assert!(gate.literals.is_some(), "a few hundred literals build");
        }
        gate
    }

    fn open(&self, doc: &Annotated, block: &Block, open: &mut Opened) {
        self.always.iter().for_each(|&at| open.rules[at] = true);
        if !self.by_form.is_empty() {
            for token in &doc.tokens[block.tokens.clone()] {
                if self.forms.contains(&token.lower)
                    && let Some(rules) = self.by_form.get(&token.lower)
                {
                    rules.iter().for_each(|&at| open.rules[at] = true);
                }
            }
        }
        if let Some(literals) = &self.literals {
            // What an overlapping search does.
            let Ok(mut state) = literals.start_state(Anchored::No) else { return };
            let bytes = &doc.text.as_bytes()[..block.span.end as usize];
            for end in block.span.range() {
                state = literals.next_state(Anchored::No, state, bytes[end]);
                if literals.is_special(state) && literals.is_match(state) {
                    for index in 0..literals.match_len(state) {
                        let (rule, exact) = &self.rules_of_literal[literals.match_pattern(state, index).as_usize()];
                        if exact.as_ref().is_none_or(|literal| bytes[..=end].ends_with(literal)) {
                            open.rules[*rule] = true;
                            open.places[*rule].push(end as u32);
                        }
                    }
                }
            }
        }
    }
}
