//! Output of a decoder that got stuck: a word, phrase or clause that comes again and again.

use serde::Deserialize;

use super::runs::{FARTHEST, Gap, MIDDLING, Run, Word, Words};
use crate::detect::Context;
use crate::detect::finding::{Candidate, Detector};
use crate::detect::registry::Parts;
use crate::language::{Annotated, SymSet, TokenKind};

/// Finds loops of one of two sizes, so that they can be two rules of different severity.
struct Oscillation {
    size: Size,
    /// Words that people repeat on purpose ("no no no", "again and again and again").
    chanted: SymSet,
    function_words: SymSet,
    /// Words that tie a thing to itself by right ("day after day after day").
    links: SymSet,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Options {
    size: Size,
    chanted: String,
    function_words: String,
    links: Vec<String>,
}

/// How much of the text the loop has eaten.
#[derive(Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Size {
    Short,
    Long,
}

/// A loop without commas, or one that comes round three times.
const TIGHT: &str = "tight";
/// A phrase that comes again after a comma, not yet a third time.
const PAUSED: &str = "paused";
/// A sentence most of whose words stand in it twice, in the same order.
const WOVEN: &str = "woven";

/// Three copies or more in which single words change.
const VARIED: &str = "varied";
/// Four words three times in a stretch that says other things between.
const THRICE: &str = "thrice";

/// A stretch of words that loops.
#[derive(Clone, Copy, Debug)]
struct Loop {
    start: usize,
    end: usize,
    /// The run that makes it, where one run does.
    run: Run,
    whole: bool,
    repeated: usize,
    copies: usize,
    grade: &'static str,
}

pub(super) fn build(parts: &mut Parts) -> Result<Box<dyn Detector>, String> {
    let options: Options = parts.options()?;
    let chanted = parts.entries(&options.chanted)?;
    let function_words = parts.entries(&options.function_words)?;
    let mut known = |words: Vec<String>| words.iter().map(|word| parts.vocabulary.add(word)).collect();
    Ok(Box::new(Oscillation {
        size: options.size,
        chanted: known(chanted),
        function_words: known(function_words),
        links: known(options.links),
    }))
}

impl Detector for Oscillation {
    fn captures(&self) -> &'static [&'static str] {
        &["unit", "count", "once"]
    }

    fn detect(&self, context: &Context, found: &mut Vec<Candidate>) {
        let doc = context.doc;
        let words = context.words();
        let mut loops = Vec::new();
        let mut echoes = Vec::new();
        let mut varied = Varied::default();
        for &run in context.runs() {
            loops.extend(varied.add(run).and_then(|run| self.vary(doc, words, run)));
            if let Some(grade) = self.grade(doc, words, run) {
                loops.push(Loop {
                    start: run.start,
                    end: run.end,
                    run,
                    whole: true,
                    repeated: run.repeated(),
                    copies: run.copies(),
                    grade,
                });
            }
            if run.repeated() >= 3 {
                echoes.push(run);
            }
        }
        loops.extend(varied.rest().filter_map(|run| self.vary(doc, words, run)));
        self.woven(doc, words, &mut echoes, &mut loops);
        merge(words, &mut loops);
        let wanted = loops.iter().filter(|looped| looped.size() == self.size);
        found.extend(wanted.map(|looped| looped.candidate(doc, words)));
    }
}

impl Oscillation {
    /// How sure a run is a loop, if it is one.
    fn grade(&self, doc: &Annotated, words: &Words, run: Run) -> Option<&'static str> {
        let (period, copies, repeated) = (run.period, run.copies(), run.repeated());
        if copies < 2 {
            return None;
        }
        let gaps = words.gaps(run.start, run.end);
        let paused = gaps.has(Gap::COMMA) || gaps.has(Gap::DASH);
        let stopped = gaps.has(Gap::STOP);
        let quoted = || words.all[run.start..run.end].iter().all(|word| doc.tokens[word.token].quoted);
        if copies < 5 && quoted() {
            return None;
        }
        let unit = &words.all[run.start..run.start + period];
        // Scores, codes and lists of letters repeat by chance; the one-letter word "a" does not.
        let bare =
            |at: usize| doc.tokens[at].kind != TokenKind::Word || doc.tokens[at].span.len() < 2 && !doc.word(at).eq_ignore_ascii_case("a");
        let chanted = |word: &Word| self.chanted.contains(&word.form) || period > 1 && self.links.contains(&word.form);
        if copies < 8 && unit.iter().all(|word| bare(word.token) || chanted(word)) {
            return None;
        }
        if period == 1 {
            let looped = copies >= 6 || copies >= 4 && !stopped || copies >= 3 && !stopped && !paused;
            return looped.then_some(TIGHT);
        }
        let linked = unit.iter().any(|word| self.links.contains(&word.form));
        let empty = unit.iter().all(|word| self.function_words.contains(&word.form) || bare(word.token));
        let uniform = unit.iter().all(|word| word.form == unit[0].form);
        if uniform || empty && (copies < 3 || paused && copies < 4) {
            return None;
        }
        if copies >= 3 {
            // Two words three times with pauses is how people insist ("plot holes, plot holes, plot holes").
            return match stopped {
                true => (copies >= 4 || period >= 5).then_some(TIGHT),
                false => Some(if paused && copies == 3 && period == 2 { PAUSED } else { TIGHT }),
            };
        }
        if stopped || gaps.has(Gap::DASH) {
            return None;
        }
        match period {
            2 => (repeated >= 3 && !linked && !paused).then_some(TIGHT),
            _ if paused => (repeated > period).then_some(PAUSED),
            _ => (repeated > period || !linked).then_some(TIGHT),
        }
    }

    /// A loop in which single words change, if a stretch of nearly equal copies is one: they follow without a pause.
    fn vary(&self, doc: &Annotated, words: &Words, run: Run) -> Option<Loop> {
        let inside = &words.all[run.start..run.end];
        let paused = words.gaps(run.start, run.end) != Gap::default();
        let odd = |word: &Word| doc.tokens[word.token].quoted || doc.tokens[word.token].kind != TokenKind::Word;
        let empty = inside[..run.period].iter().all(|word| self.function_words.contains(&word.form));
        let looped = !paused && !empty && !inside.iter().any(odd);
        looped.then_some(Loop {
            start: run.start,
            end: run.end,
            run,
            whole: false,
            repeated: run.repeated(),
            copies: run.copies(),
            grade: VARIED,
        })
    }

    /// Adds the sentences of which most words stand there twice or more in the same order.
    fn woven(&self, doc: &Annotated, words: &Words, echoes: &mut [Run], loops: &mut Vec<Loop>) {
        echoes.sort_unstable_by_key(|run| (run.start + run.period, run.period));
        let mut covered: Vec<(bool, bool)> = Vec::new();
        let mut next = 0;
        while next < echoes.len() {
            // The sentence in which a second copy begins; a first copy in an earlier one does not count.
            let sentence = &doc.sentence_of(words.all[echoes[next].start + echoes[next].period].token).tokens;
            let from = words.all.partition_point(|word| word.token < sentence.start);
            let to = words.all.partition_point(|word| word.token < sentence.end);
            covered.clear();
            covered.resize(to - from, (false, false));
            let mut longest = echoes[next];
            let first_echo = next;
            while let Some(run) = echoes.get(next).filter(|run| run.start + run.period < to) {
                next += 1;
                let (first, end) = (run.start.max(from) + run.period, run.end.min(to));
                if end >= first + 3 {
                    if run.repeated() > longest.repeated() {
                        longest = *run;
                    }
                    for at in first..end {
                        covered[at - from].0 = true;
                        covered[at - run.period - from].1 = true;
                    }
                }
            }
            loops.extend(self.thrice(doc, words, from, &echoes[first_echo..next]));
            loops.extend(self.weave(doc, words, from, &covered, longest));
        }
    }

    /// Four words that stand in a short stretch three times, without making the heads of an enumeration.
    fn thrice(&self, doc: &Annotated, words: &Words, from: usize, echoes: &[Run]) -> Option<Loop> {
        const MOST: usize = 32;
        let echoes = &echoes[..echoes.len().min(MOST)];
        let long = |run: &&Run| run.repeated() >= 4 && run.start >= from;
        let pairs = echoes.iter().filter(long).flat_map(|first| echoes.iter().filter(long).map(move |second| (first, second)));
        for (first, second) in pairs.filter(|(first, second)| second.start >= first.start) {
            // Where the second copy of one is the first copy of the other.
            let middle = (first.start + first.period).max(second.start);
            let shared_end = first.end.min(second.end - second.period);
            if shared_end < middle + 4 {
                continue;
            }
            let (start, third) = (middle - first.period, middle + second.period);
            let end = third + shared_end - middle;
            let inside = &words.all[start..end];
            let heads = [start, middle, third]
                .into_iter()
                .filter(|&at| at == from || words.all[at].gap != Gap::default() || self.links.contains(&words.all[at - 1].form));
            let meant = end - start > FARTHEST
                || heads.count() > 1
                || inside[..shared_end - middle].iter().all(|word| self.function_words.contains(&word.form))
                || inside.iter().any(|word| doc.tokens[word.token].quoted || doc.tokens[word.token].kind != TokenKind::Word);
            if !meant && 6 * (shared_end - middle) >= end - start {
                return Some(Loop { start, end, run: *first, whole: false, repeated: shared_end - middle, copies: 3, grade: THRICE });
            }
        }
        None
    }

    fn weave(&self, doc: &Annotated, words: &Words, from: usize, covered: &[(bool, bool)], longest: Run) -> Option<Loop> {
        let again = covered.iter().filter(|(again, _)| *again).count();
        let first = covered.iter().position(|&(again, source)| again || source)?;
        let last = covered.iter().rposition(|&(again, source)| again || source)?;
        let held = covered[first..=last].iter().filter(|&&(again, source)| again || source).count();
        let share = held as f64 / (last + 1 - first) as f64;
        let dense = match again {
            0..7 => false,
            7..10 => share >= 0.9,
            10..12 => share >= 0.85,
            _ => share >= 0.8,
        };
        if !dense {
            return None;
        }
        let (start, end) = (from + first, from + last + 1);
        let gaps = words.gaps(start, end);
        let spoken =
            words.all[start..end].iter().any(|word| doc.tokens[word.token].quoted || doc.tokens[word.token].kind == TokenKind::Opaque);
        // Lists of results repeat their frame around other numbers.
        let counted = words.all[start..end]
            .iter()
            .zip(&covered[first..=last])
            .any(|(word, &(again, source))| !again && !source && doc.tokens[word.token].kind == TokenKind::Number);
        let interrupted = gaps.has(Gap::STOP) || gaps.has(Gap::DASH);
        // A phrase said twice with other words between is how speakers begin their clauses; with none between it is an echo.
        let between = &words.all[longest.start + longest.repeated().min(longest.period)..longest.start + longest.period];
        let echo =
            between.len() <= 3 && between.iter().all(|word| self.function_words.contains(&word.form) || self.links.contains(&word.form));
        if spoken || counted || interrupted || again < 12 && !echo {
            return None;
        }
        Some(Loop { start, end, run: longest, whole: false, repeated: again / 2, copies: 2, grade: WOVEN })
    }
}

impl Loop {
    fn size(&self) -> Size {
        if self.repeated >= 6 || self.copies >= 4 { Size::Long } else { Size::Short }
    }

    fn candidate(&self, doc: &Annotated, words: &Words) -> Candidate {
        let span = words.span(doc, self.start, self.end);
        let run = self.run;
        let unit = words.span(doc, run.start, run.start + run.period.min(run.repeated()));
        let rest = (run.end - run.start) % run.period;
        let once = if self.whole { words.span(doc, run.start, run.start + run.period + rest) } else { span };
        Candidate::at(span)
            .with("unit", shortened(unit.of(doc.text)))
            .with("count", times(run.copies().max(2)))
            .with("once", once.of(doc.text))
            .graded(self.grade)
    }
}

/// Runs of one period that follow each other closely, joined: by period the first copy's start, the end, the equal words.
#[derive(Default)]
struct Varied([(usize, usize, usize); *MIDDLING.end() + 1]);

impl Varied {
    /// Words that may differ between two equal ones.
    const CHANGED: usize = 2;

    /// Takes the next run of its period up; gives back the stretch that it does not prolong, if that one loops.
    fn add(&mut self, run: Run) -> Option<Run> {
        if !MIDDLING.contains(&run.period) {
            return None;
        }
        let open = &mut self.0[run.period];
        let first = run.start + run.period;
        if open.1 > 0 && first >= open.1 && first <= open.1 + Varied::CHANGED {
            open.1 = run.end;
            open.2 += run.repeated();
            return None;
        }
        Varied::closed(run.period, std::mem::replace(open, (run.start, run.end, run.repeated())))
    }

    fn rest(self) -> impl Iterator<Item = Run> {
        self.0.into_iter().enumerate().filter_map(|(period, open)| Varied::closed(period, open))
    }

    /// Three copies, of whose words seven in ten are equal but not all: equal copies are found without this.
    fn closed(period: usize, (start, end, equal): (usize, usize, usize)) -> Option<Run> {
        let compared = (end - start).saturating_sub(period);
        (compared >= 2 * period && equal < compared && equal * 10 >= compared * 7).then_some(Run { period, start, end })
    }
}

/// Joins loops that overlap or almost touch: one stuck decoder is one finding.
fn merge(words: &Words, loops: &mut Vec<Loop>) {
    const NEAR: usize = 2;
    loops.sort_unstable_by_key(|looped| (looped.start, std::cmp::Reverse(looped.end), looped.run.period));
    let mut merged: Vec<Loop> = Vec::with_capacity(loops.len());
    for looped in loops.drain(..) {
        let same_block = |a: usize, b: usize| words.blocks[words.blocks.partition_point(|block| block.end <= a)].contains(&b);
        match merged.last_mut().filter(|before| looped.start <= before.end + NEAR && same_block(before.start, looped.start)) {
            Some(before) => {
                before.whole &= looped.end <= before.end;
                before.end = before.end.max(looped.end);
                before.repeated = before.repeated.max(looped.repeated);
                before.copies = before.copies.max(looped.copies);
                if surer(looped.grade) > surer(before.grade) {
                    before.grade = looped.grade;
                    before.run = if before.whole { before.run } else { looped.run };
                }
            }
            None => merged.push(looped),
        }
    }
    *loops = merged;
}

fn surer(grade: &str) -> u8 {
    match grade {
        TIGHT => 4,
        VARIED => 3,
        WOVEN => 2,
        PAUSED => 1,
        _ => 0,
    }
}

fn shortened(text: &str) -> String {
    const LONGEST: usize = 60;
    match text.char_indices().nth(LONGEST) {
        Some((cut, _)) => format!("{}…", text[..cut].trim_end()),
        None => text.to_owned(),
    }
}

fn times(count: usize) -> String {
    match count {
        2 => "twice".to_owned(),
        3 => "three times".to_owned(),
        _ => format!("{count} times"),
    }
}
