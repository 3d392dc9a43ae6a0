//! Counts n-grams, smooths them by interpolated modified Kneser-Ney (Chen and Goodman 1999) in both directions, keeps the
//! most useful and puts them into tables.
//!
//! Pruning drops the n-grams whose shorter history tells nearly the same: usefulness is the count times the log ratio of the
//! full to the shortened probability, the better of both directions (weighted difference, Seymore and Rosenfeld 1996).

use zerocopy::IntoBytes as _;

use super::Limits;
use super::corpus::GramText;
use crate::model::{BOUNDARY, Bigram, CLASSES, Gram, Trigram, Unigram, pack, store_backoff, store_probability, table};

/// What was seen and kept.
pub(super) struct Kept {
    pub(super) words: usize,
    pub(super) seen: [usize; 2],
    pub(super) kept: [usize; 2],
}

/// Discounts for n-grams seen once, twice, more often.
#[derive(Clone, Copy, Debug)]
struct Discounts([f64; 3]);

impl Discounts {
    /// By the formula of Chen and Goodman, kept within bounds where weighted texts distort the counts of counts.
    fn from(counts: impl Iterator<Item = u64>) -> Discounts {
        let mut of = [0f64; 4];
        counts.filter(|count| (1..=4).contains(count)).for_each(|count| of[count as usize - 1] += 1.0);
        if of.contains(&0.0) {
            return Discounts([0.7, 1.1, 1.4]);
        }
        let y = of[0] / (of[0] + 2.0 * of[1]);
        let one = |k: f64, ratio: f64| k - (k + 1.0) * y * ratio;
        Discounts([
            one(1.0, of[1] / of[0]).clamp(0.4, 0.95),
            one(2.0, of[2] / of[1]).clamp(0.7, 1.6),
            one(3.0, of[3] / of[2]).clamp(0.9, 2.2),
        ])
    }

    fn of(self, count: u64) -> f64 {
        match count {
            0 => 0.0,
            1..=3 => self.0[count as usize - 1],
            _ => self.0[2],
        }
    }
}

/// A context seen: how often, and the mass that discounting takes from what follows it.
#[derive(Clone, Copy, Default)]
struct Context {
    total: f64,
    discounted: f64,
}

impl Context {
    fn add(&mut self, count: u64, discount: f64) {
        self.total += count as f64;
        self.discounted += discount;
    }

    fn weight(self) -> f64 {
        if self.total > 0.0 { self.discounted / self.total } else { 1.0 }
    }
}

/// Three words with how often they were seen. A text that counts several times makes its discounts as much larger: what it
/// has once was seen once.
#[derive(Clone, Copy)]
struct Triple {
    key: u64,
    count: u64,
    heaviest: u64,
}

impl Triple {
    fn discount(&self, discounts: Discounts) -> f64 {
        discounts.of((self.count / self.heaviest).max(1)) * self.heaviest as f64
    }
}

/// Two words with what both directions need of them.
#[derive(Clone, Copy, Default)]
struct Pair {
    key: u64,
    /// Distinct words before it, and behind it; at a boundary the times it was seen.
    before: u64,
    behind: u64,
    /// As the context of a word behind it, and before it.
    forward: Context,
    backward: Context,
    kept: bool,
}

/// One direction's smoothed unigrams and contexts of one word.
struct Direction {
    alone: Vec<f64>,
    context: Vec<Context>,
    discounts: Discounts,
}

pub(super) fn build(texts: &[GramText], limits: Limits) -> (Vec<(&'static str, Vec<u8>)>, Kept) {
    let triples = count_triples(texts);
    let words = triples.iter().map(|triple| (triple.key & 0xFFFF) as usize + 1).max().unwrap_or(0).max(usize::from(CLASSES));
    let discounts = Discounts::from(triples.iter().map(|triple| triple.count / triple.heaviest));
    let mut pairs = count_pairs(&triples, discounts);
    let forward = direction(&pairs, words, |pair| (first(pair.key), second(pair.key), pair.before));
    let backward = direction(&pairs, words, |pair| (second(pair.key), first(pair.key), pair.behind));
    let model = Smoothed { discounts, forward, backward };
    let seen = [pairs.len(), triples.len()];
    let kept = model.choose(&triples, &mut pairs, limits);
    let sections = model.sections(&kept, &pairs);
    let figures = Kept { words, seen, kept: [pairs.iter().filter(|pair| pair.kept).count(), kept.len()] };
    (sections, figures)
}

fn first(pair: u64) -> Gram {
    (pair >> 16) as Gram
}

fn second(pair: u64) -> Gram {
    pair as Gram
}

/// Every three neighbours, two boundaries standing around each sentence, with their weighted count, in order.
fn count_triples(texts: &[GramText]) -> Vec<Triple> {
    let mut keys: Vec<u64> = Vec::new();
    for text in texts {
        let weight = u64::from(text.weight.min(u32::from(u16::MAX)));
        for sentence in text.grams.split(|gram| *gram == BOUNDARY).filter(|sentence| !sentence.is_empty()) {
            let padded = [BOUNDARY; 2].iter().chain(sentence).chain(&[BOUNDARY; 2]);
            let mut window = [BOUNDARY; 3];
            for (at, gram) in padded.enumerate() {
                window = [window[1], window[2], *gram];
                if at >= 2 {
                    keys.push(pack(&window) << 16 | weight);
                }
            }
        }
    }
    keys.sort_unstable();
    let mut triples: Vec<Triple> = Vec::new();
    for key in keys {
        let (key, weight) = (key >> 16, key & 0xFFFF);
        match triples.last_mut() {
            Some(last) if last.key == key => {
                last.count += weight;
                last.heaviest = last.heaviest.max(weight);
            }
            _ => triples.push(Triple { key, count: weight, heaviest: weight }),
        }
    }
    triples
}

fn count_pairs(triples: &[Triple], discounts: Discounts) -> Vec<Pair> {
    let mut pairs: Vec<Pair> = Vec::new();
    for triple in triples {
        let head = triple.key >> 16;
        if pairs.last().is_none_or(|pair| pair.key != head) {
            pairs.push(Pair { key: head, ..Pair::default() });
        }
        if let Some(pair) = pairs.last_mut() {
            pair.forward.add(triple.count, triple.discount(discounts));
            // What ends a sentence has but boundaries behind it: there the count itself tells how usual it is.
            pair.behind += if second(head) == BOUNDARY { triple.count } else { 1 };
        }
    }
    let turn = |key: u64| (key & 0xFFFF_FFFF) << 16 | key >> 32;
    let mut turned: Vec<Triple> = triples.iter().map(|triple| Triple { key: turn(triple.key), ..*triple }).collect();
    turned.sort_unstable_by_key(|triple| triple.key);
    let mut at = 0;
    for triple in turned {
        let tail = triple.key >> 16;
        while pairs.get(at).is_some_and(|pair| pair.key < tail) {
            at += 1;
        }
        if let Some(pair) = pairs.get_mut(at).filter(|pair| pair.key == tail) {
            pair.backward.add(triple.count, triple.discount(discounts));
            pair.before += if first(tail) == BOUNDARY { triple.count } else { 1 };
        }
    }
    pairs
}

/// Smooths one direction's words and contexts of one word. `of` gives a pair's context, its word, and the word's count there.
fn direction(pairs: &[Pair], words: usize, of: impl Fn(&Pair) -> (Gram, Gram, u64)) -> Direction {
    let discounts = Discounts::from(pairs.iter().map(|pair| of(pair).2));
    let mut context = vec![Context::default(); words];
    let mut contexts_of = vec![0u64; words];
    for pair in pairs {
        let (near, word, count) = of(pair);
        context[usize::from(near)].add(count, discounts.of(count));
        contexts_of[usize::from(word)] += 1;
    }
    let all: u64 = contexts_of.iter().sum();
    let lowest = Discounts::from(contexts_of.iter().copied());
    let freed: f64 = contexts_of.iter().map(|count| lowest.of(*count)).sum::<f64>() / all as f64;
    let alone = contexts_of.iter().map(|count| (*count as f64 - lowest.of(*count)).max(0.0) / all as f64 + freed / words as f64).collect();
    Direction { alone, context, discounts }
}

impl Direction {
    /// The probability of a word after one word of context, seen there so often.
    fn short(&self, near: Gram, word: Gram, count: u64) -> f64 {
        let context = self.context[usize::from(near)];
        let alone = self.alone[usize::from(word)];
        if context.total == 0.0 {
            return alone;
        }
        (count as f64 - self.discounts.of(count)).max(0.0) / context.total + context.weight() * alone
    }
}

struct Smoothed {
    discounts: Discounts,
    forward: Direction,
    backward: Direction,
}

/// A triple with its probabilities in both directions, full and shortened.
struct Full {
    forward: f64,
    forward_short: f64,
    backward: f64,
    backward_short: f64,
}

impl Smoothed {
    fn pair_forward(&self, pair: &Pair) -> f64 {
        self.forward.short(first(pair.key), second(pair.key), pair.before)
    }

    fn pair_backward(&self, pair: &Pair) -> f64 {
        self.backward.short(second(pair.key), first(pair.key), pair.behind)
    }

    fn full(&self, triple: &Triple, head: &Pair, tail: &Pair) -> Full {
        let (forward_short, backward_short) = (self.pair_forward(tail), self.pair_backward(head));
        let rest = (triple.count as f64 - triple.discount(self.discounts)).max(0.0);
        Full {
            forward: rest / head.forward.total + head.forward.weight() * forward_short,
            forward_short,
            backward: rest / tail.backward.total + tail.backward.weight() * backward_short,
            backward_short,
        }
    }

    /// The triples worth keeping, with their probabilities; marks the pairs worth keeping, among them all that kept triples need.
    fn choose(&self, triples: &[Triple], pairs: &mut [Pair], limits: Limits) -> Vec<(u64, Full)> {
        let find = |pairs: &[Pair], key: u64| pairs.binary_search_by_key(&key, |pair| pair.key).unwrap_or_default();
        let mut useful: Vec<(f32, u32)> = Vec::with_capacity(triples.len());
        let mut head = 0;
        for (at, triple) in triples.iter().enumerate() {
            let key = triple.key;
            while pairs[head].key != key >> 16 {
                head += 1;
            }
            let full = self.full(triple, &pairs[head], &pairs[find(pairs, key & 0xFFFF_FFFF)]);
            let forward = (full.forward / (pairs[head].forward.weight() * full.forward_short)).log2();
            let tail_weight = pairs[find(pairs, key & 0xFFFF_FFFF)].backward.weight();
            let backward = (full.backward / (tail_weight * full.backward_short)).log2();
            // Seen once in unweighted text is little to stand on.
            let count = if triple.count <= triple.heaviest { 0.3 * triple.count as f64 } else { triple.count as f64 };
            useful.push(((count * forward.max(backward)) as f32, at as u32));
        }
        let mut chosen = most_useful(useful, limits.trigrams);
        chosen.sort_unstable();
        let mut kept = Vec::with_capacity(chosen.len());
        for at in chosen {
            let triple = &triples[at as usize];
            let key = triple.key;
            let (head, tail) = (find(pairs, key >> 16), find(pairs, key & 0xFFFF_FFFF));
            kept.push((key, self.full(triple, &pairs[head], &pairs[tail])));
            pairs[head].kept = true;
            pairs[tail].kept = true;
        }
        let already = pairs.iter().filter(|pair| pair.kept).count();
        let useful = pairs.iter().enumerate().filter(|(_, pair)| !pair.kept).map(|(at, pair)| {
            let forward = (self.pair_forward(pair) / self.forward.alone[usize::from(second(pair.key))]).log2();
            let backward = (self.pair_backward(pair) / self.backward.alone[usize::from(first(pair.key))]).log2();
            ((pair.forward.total * forward.max(backward)) as f32, at as u32)
        });
        for at in most_useful(useful.collect(), limits.bigrams.saturating_sub(already)) {
            pairs[at as usize].kept = true;
        }
        kept
    }

    fn sections(&self, kept: &[(u64, Full)], pairs: &[Pair]) -> Vec<(&'static str, Vec<u8>)> {
        let words = self.forward.alone.len();
        let position = |key: u64| pairs.binary_search_by_key(&key, |pair| pair.key).unwrap_or_default();
        // For each context: what its kept n-grams take of the full and of the shortened distribution.
        let mut forward_taken = vec![(0.0, 0.0); pairs.len()];
        let mut backward_taken = vec![(0.0, 0.0); pairs.len()];
        let mut trigrams = Vec::with_capacity(kept.len());
        for (key, full) in kept {
            let (head, tail) = (position(key >> 16), position(key & 0xFFFF_FFFF));
            take(&mut forward_taken[head], full.forward, full.forward_short);
            take(&mut backward_taken[tail], full.backward, full.backward_short);
            let (forward, backward) = (store_probability(full.forward.log2()), store_probability(full.backward.log2()));
            trigrams.push((*key, Trigram { forward, backward, ..Trigram::default() }));
        }
        let mut word_taken = [vec![(0.0, 0.0); words], vec![(0.0, 0.0); words]];
        let mut bigrams = Vec::new();
        for (at, pair) in pairs.iter().enumerate().filter(|(_, pair)| pair.kept) {
            let (forward, backward) = (self.pair_forward(pair), self.pair_backward(pair));
            let (one, two) = (usize::from(first(pair.key)), usize::from(second(pair.key)));
            take(&mut word_taken[0][one], forward, self.forward.alone[two]);
            take(&mut word_taken[1][two], backward, self.backward.alone[one]);
            bigrams.push((
                pair.key,
                Bigram {
                    forward: store_probability(forward.log2()),
                    forward_backoff: store_backoff(left(forward_taken[at]).log2()),
                    backward: store_probability(backward.log2()),
                    backward_backoff: store_backoff(left(backward_taken[at]).log2()),
                    ..Bigram::default()
                },
            ));
        }
        let unigrams: Vec<Unigram> = (0..words)
            .map(|word| Unigram {
                forward: store_probability(self.forward.alone[word].log2()),
                forward_backoff: store_backoff(left(word_taken[0][word]).log2()),
                backward: store_probability(self.backward.alone[word].log2()),
                backward_backoff: store_backoff(left(word_taken[1][word]).log2()),
            })
            .collect();
        vec![("NGR1", unigrams.as_bytes().to_vec()), ("NGR2", table(&bigrams)), ("NGR3", table(&trigrams))]
    }
}

fn take(taken: &mut (f64, f64), full: f64, short: f64) {
    taken.0 += full;
    taken.1 += short;
}

/// What is left of the full distribution, over what is left of the shortened one.
fn left((full, short): (f64, f64)) -> f64 {
    (1.0 - full).max(1e-6) / (1.0 - short).max(1e-6)
}

/// The places of the `most` greatest values above 0; equal values by place.
fn most_useful(mut values: Vec<(f32, u32)>, most: usize) -> Vec<u32> {
    values.retain(|(value, _)| *value > 0.0);
    if values.len() > most {
        if most == 0 {
            return Vec::new();
        }
        values.select_nth_unstable_by(most - 1, |one, other| other.0.total_cmp(&one.0).then(one.1.cmp(&other.1)));
        values.truncate(most);
    }
    values.into_iter().map(|(_, at)| at).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Ngrams;
    use crate::model::format::{self, Sections};

    const A: Gram = CLASSES;
    const B: Gram = CLASSES + 1;
    const C: Gram = CLASSES + 2;

    fn model(limits: Limits) -> Vec<u8> {
        let grams = [vec![A, B, C, BOUNDARY], vec![A, B, A, BOUNDARY], vec![B, C, BOUNDARY]].concat();
        let (mut sections, _) = build(&[GramText { grams: grams.repeat(3), weight: 1 }], limits);
        sections.sort_by_key(|(tag, _)| *tag);
        format::write("en", &sections)
    }

    #[test]
    fn probabilities_of_a_context_sum_to_one() {
        for trigrams in [0, 2, 100] {
            let bytes = model(Limits { forms: 10, words: 10, bigrams: 100, trigrams });
            let ngrams = Ngrams::open(&Sections::open(&bytes).unwrap()).unwrap();
            for context in [[BOUNDARY, A], [A, B], [BOUNDARY, BOUNDARY], [C, A]] {
                let sum: f64 = (0..=C).map(|word| (-f64::from(ngrams.forward(context, word)) / 4.0).exp2()).sum();
                assert!((sum - 1.0).abs() < 0.12, "{trigrams} trigrams, {context:?}: {sum}");
                let sum: f64 = (0..=C).map(|word| (-f64::from(ngrams.backward(word, context)) / 4.0).exp2()).sum();
                assert!((sum - 1.0).abs() < 0.12, "{trigrams} trigrams, before {context:?}: {sum}");
            }
        }
    }

    #[test]
    fn what_was_seen_surprises_less() {
        let bytes = model(Limits { forms: 10, words: 10, bigrams: 100, trigrams: 100 });
        let ngrams = Ngrams::open(&Sections::open(&bytes).unwrap()).unwrap();
        assert!(ngrams.forward([A, B], C) < ngrams.forward([A, B], B));
        assert!(ngrams.backward(A, [B, C]) < ngrams.backward(C, [B, C]));
        assert!(ngrams.knows_pair(A, B) && ngrams.knows_triple([A, B, C]));
    }
}
