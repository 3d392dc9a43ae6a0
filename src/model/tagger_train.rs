//! Trains the tagger: an averaged perceptron over the features of the tagger, on texts that may leave tags open.

use rustc_hash::FxHashMap;

use super::features::{ROLES, Style, Traits, Window, counts_as_word, tags_key, type_keys};
use super::tagger::{HEADER, MAGIC, PAIRS, START, WIDTH};
use super::{Casing, Fine, FineSet, WordFacts};

/// A word to learn from: what the tagger sees of it, and what it may be.
#[derive(Clone, Debug)]
pub struct Lesson {
    /// In lower case, apostrophes straight.
    pub folded: String,
    /// How it is written.
    pub casing: Casing,
    /// What is known of it.
    pub facts: WordFacts,
    /// The tags that are right.
    pub allowed: FineSet,
}

/// How to train.
#[derive(Clone, Copy, Debug)]
pub struct Training {
    /// How often each text is read.
    pub epochs: usize,
    /// How often the first text is read each time that the others are read once.
    pub weight: usize,
    /// How often a key must be seen to get weights.
    pub least: u32,
    /// The share of keys, in 256ths, that are left out at random while learning, so that no tag hangs on a single one.
    pub dropped: u64,
    /// How much better than any wrong tag a right one must score, in units of a step.
    pub margin: i16,
}

impl Default for Training {
    fn default() -> Training {
        Training { epochs: 5, weight: 3, least: 3, dropped: 40, margin: 4 }
    }
}

/// The weights that training ends with.
#[derive(Clone, Debug)]
pub struct TaggerWeights {
    keys: FxHashMap<u64, u32>,
    rows: Vec<Row>,
}

type Row = [f32; WIDTH];

struct Word {
    kind: u32,
    allowed: FineSet,
    /// The rows of its window's keys.
    rows: Box<[u32]>,
}

/// A distinct written form, with the rows of its keys in each role.
struct Kind {
    traits: Traits,
    rows: [Vec<u32>; ROLES.len()],
}

/// The weights under training. Each text (`domain`) has its own: what is learnt from a text moves its own weights by two steps
/// and the others' by one, so that what only holds in one text does little harm to another.
struct Learner {
    weights: Vec<Vec<Steps>>,
    /// Sums of the steps of domain 0, weighted by when they came, for the average.
    sums: Vec<Row>,
    clock: f32,
    random: Random,
}

/// Xorshift: the same numbers in every run.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }
}

type Steps = [i16; WIDTH];

/// Trains on texts in order of their importance: the first one's conventions are those that the tagger learns.
pub fn train(domains: &[Vec<Vec<Lesson>>], settings: Training, mut progress: impl FnMut(&str)) -> TaggerWeights {
    let mut kinds: Vec<Kind> = Vec::new();
    let mut known: FxHashMap<(&str, Casing), u32> = FxHashMap::default();
    let mut samples = Vec::new();
    let mut sentences: Vec<(usize, Vec<Word>)> = Vec::new();
    for (domain, text) in domains.iter().enumerate() {
        for sentence in text {
            let words = sentence.iter().map(|lesson| {
                let kind = *known.entry((&lesson.folded, lesson.casing)).or_insert_with(|| {
                    samples.push(lesson);
                    let traits = Traits::new(&lesson.folded, lesson.casing, lesson.facts);
                    kinds.push(Kind { traits, rows: Default::default() });
                    kinds.len() as u32 - 1
                });
                Word { kind, allowed: lesson.allowed, rows: Box::default() }
            });
            sentences.push((domain, words.collect()));
        }
    }
    let keys = count_keys(&kinds, &samples, &sentences, settings);
    for (kind, lesson) in kinds.iter_mut().zip(&samples) {
        for (role, rows) in ROLES.into_iter().zip(&mut kind.rows) {
            type_keys(&lesson.folded, lesson.facts, &kind.traits, role, |key| rows.extend(keys.get(&key)));
        }
    }
    progress(&format!("{} sentences, {} forms, {} keys", sentences.len(), kinds.len(), keys.len()));
    let mut learner = Learner {
        weights: vec![vec![[0; WIDTH]; keys.len()]; domains.len()],
        sums: vec![[0.0; WIDTH]; keys.len()],
        clock: 0.0,
        random: Random(0x2545_F491_4F6C_DD1D),
    };
    for (_, sentence) in &mut sentences {
        let mut rows = vec![Vec::new(); sentence.len()];
        windows(&kinds, sentence, |index, window| window.keys(|key| rows[index].extend(keys.get(&key).copied())));
        sentence.iter_mut().zip(rows).for_each(|(word, rows)| word.rows = rows.into());
    }
    let times = |domain: usize| if domain == 0 { settings.weight } else { 1 };
    let mut order: Vec<u32> = sentences.iter().zip(0..).flat_map(|((domain, _), at)| std::iter::repeat_n(at, times(*domain))).collect();
    for epoch in 0..settings.epochs {
        for at in (1..order.len()).rev() {
            order.swap(at, (learner.random.next() % (at as u64 + 1)) as usize);
        }
        let (mut wrong, mut total) = (0, 0);
        for &at in &order {
            let (domain, sentence) = &sentences[at as usize];
            let missed = learner.read(&kinds, &keys, *domain, sentence, settings);
            if *domain == 0 {
                (wrong, total) = (wrong + missed, total + sentence.len());
            }
        }
        progress(&format!("epoch {}: {:.2} % right while learning", epoch + 1, 100.0 - 100.0 * wrong as f64 / total.max(1) as f64));
    }
    let clock = learner.clock.max(1.0);
    let average = |(steps, sum): (&Steps, &Row)| std::array::from_fn(|tag| f32::from(steps[tag]) - sum[tag] / clock);
    let rows = learner.weights[0].iter().zip(&learner.sums).map(average).collect();
    TaggerWeights { keys, rows }
}

/// Calls `visit` with each word's window, without tags.
fn windows(kinds: &[Kind], sentence: &[Word], mut visit: impl FnMut(usize, &Window<'_>)) {
    let edge = Traits::default();
    let style = Style::of(sentence.iter().map(|word| &kinds[word.kind as usize].traits));
    let mut any_before = false;
    let at = |index: usize| sentence.get(index).map_or(&edge, |word| &kinds[word.kind as usize].traits);
    for index in 0..sentence.len() {
        let before = if index == 0 { &edge } else { at(index - 1) };
        visit(index, &Window::new(before, at(index), at(index + 1), style, any_before));
        any_before |= counts_as_word(at(index));
    }
}

/// Gives a row to each key that is seen often enough. Tags left open count with the first that is allowed.
fn count_keys(kinds: &[Kind], samples: &[&Lesson], sentences: &[(usize, Vec<Word>)], settings: Training) -> FxHashMap<u64, u32> {
    let mut uses = vec![[0_u32; ROLES.len()]; kinds.len()];
    let mut counts: FxHashMap<u64, u32> = FxHashMap::default();
    for (domain, sentence) in sentences {
        let times = if *domain == 0 { settings.weight as u32 } else { 1 };
        for (index, word) in sentence.iter().enumerate() {
            let (len, use_of) = (sentence.len(), &mut uses[word.kind as usize]);
            let places = [true, index + 1 < len, index > 0, index + 2 < len, index > 1];
            use_of.iter_mut().zip(places).for_each(|(count, used)| *count += times * u32::from(used));
        }
        let first = |at: Option<usize>| at.map_or(START, |at| sentence[at].allowed.0.trailing_zeros() as u8 % START);
        windows(kinds, sentence, |index, window| {
            let (last, second_last) = (first(index.checked_sub(1)), first(index.checked_sub(2)));
            window.keys(|key| *counts.entry(key).or_default() += times);
            window.history_keys(last, second_last, |key| *counts.entry(key).or_default() += times);
        });
    }
    for ((kind, lesson), uses) in kinds.iter().zip(samples).zip(&uses) {
        for (role, &uses) in ROLES.into_iter().zip(uses) {
            type_keys(&lesson.folded, lesson.facts, &kind.traits, role, |key| *counts.entry(key).or_default() += uses);
        }
    }
    let pairs = (0..=START).flat_map(|last| (0..=START).map(move |second_last| tags_key(last, second_last)));
    let mut kept: Vec<u64> = counts.into_iter().filter(|(_, count)| *count >= settings.least).map(|(key, _)| key).chain(pairs).collect();
    kept.sort_unstable();
    kept.dedup();
    kept.into_iter().zip(0..).collect()
}

impl Learner {
    /// Reads a sentence, learns from each mistake, tells how many there were.
    fn read(&mut self, kinds: &[Kind], keys: &FxHashMap<u64, u32>, domain: usize, sentence: &[Word], settings: Training) -> usize {
        let (mut last, mut second_last, mut wrong) = (START, START, 0);
        let mut rows = Vec::with_capacity(64);
        self.clock += 1.0;
        windows(kinds, sentence, |index, window| {
            rows.clear();
            let place = |at: Option<usize>| at.and_then(|at| sentence.get(at)).map(|word| &kinds[word.kind as usize]);
            let around = [Some(index), index.checked_sub(1), Some(index + 1), index.checked_sub(2), Some(index + 2)];
            for (role, at) in ROLES.into_iter().zip(around) {
                rows.extend(place(at).into_iter().flat_map(|kind| &kind.rows[role as usize]));
            }
            rows.extend_from_slice(&sentence[index].rows);
            window.history_keys(last, second_last, |key| rows.extend(keys.get(&key)));
            rows.extend(keys.get(&tags_key(last, second_last)));
            if settings.dropped > 0 {
                rows.retain(|_| self.random.next() >> 56 >= settings.dropped);
            }
            let scores = self.scores(domain, &rows);
            let allowed = sentence[index].allowed;
            let best = |wanted: bool| {
                (0..Fine::COUNT).filter(|&tag| (allowed.0 >> tag & 1 == 1) == wanted).fold(None, |best: Option<usize>, tag| match best {
                    Some(best) if scores[best] >= scores[tag] => Some(best),
                    _ => Some(tag),
                })
            };
            let (Some(right), rival) = (best(true), best(false)) else { return };
            let guess = match rival {
                Some(rival) if scores[rival] >= scores[right] => rival,
                _ => right,
            };
            wrong += usize::from(guess != right);
            if let Some(rival) = rival.filter(|&rival| scores[rival] + settings.margin >= scores[right]) {
                self.step(domain, &rows, right, 1);
                self.step(domain, &rows, rival, -1);
            }
            (second_last, last) = (last, guess as u8);
        });
        wrong
    }

    fn scores(&self, domain: usize, rows: &[u32]) -> Steps {
        let mut scores = [0_i16; WIDTH];
        let weights = &self.weights[domain];
        for &row in rows {
            scores.iter_mut().zip(&weights[row as usize]).for_each(|(score, weight)| *score = score.wrapping_add(*weight));
        }
        scores
    }

    fn step(&mut self, domain: usize, rows: &[u32], tag: usize, by: i16) {
        let clock = self.clock * f32::from(by) * if domain == 0 { 2.0 } else { 1.0 };
        for (at, weights) in self.weights.iter_mut().enumerate() {
            let by = if at == domain { 2 * by } else { by };
            rows.iter().for_each(|&row| weights[row as usize][tag] += by);
        }
        rows.iter().for_each(|&row| self.sums[row as usize][tag] += clock);
    }
}

impl TaggerWeights {
    /// The bytes that [`super::Tagger::open`] opens, one megabyte at most.
    pub fn to_bytes(&self) -> Vec<u8> {
        self.to_bytes_within(1_000_000)
    }

    /// The bytes with weights in eight bits, the smallest weights left out until `room` bytes hold the rest.
    pub fn to_bytes_within(&self, room: usize) -> Vec<u8> {
        let mut sizes: Vec<f32> = self.rows.iter().flatten().map(|weight| weight.abs()).filter(|&size| size > 0.0).collect();
        sizes.sort_unstable_by(f32::total_cmp);
        let top = sizes.get(sizes.len() * 9999 / 10_000).copied().unwrap_or(1.0);
        let scale = 127.0 / top.max(f32::MIN_POSITIVE);
        // In sixteenths of a stored unit.
        let (mut least, mut most) = (8, 127 * 16);
        while least < most {
            let middle = (least + most) / 2;
            if self.size(scale, middle) <= room { most = middle } else { least = middle + 1 }
        }
        self.write(scale, least)
    }

    fn records(&self, scale: f32, least: i32) -> Vec<(u64, Vec<(u8, i8)>)> {
        let pairs: rustc_hash::FxHashSet<u64> = pair_keys().map(|(_, key)| key).collect();
        let mut records: Vec<(u64, Vec<(u8, i8)>)> = self
            .keys
            .iter()
            .filter(|(key, _)| !pairs.contains(key))
            .map(|(&key, &row)| (key, weights(&self.rows[row as usize], scale, least)))
            .filter(|(_, weights)| !weights.is_empty())
            .collect();
        records.sort_unstable_by_key(|(key, _)| *key);
        records
    }

    fn size(&self, scale: f32, least: i32) -> usize {
        let records = self.records(scale, least);
        let weights: usize = records.iter().map(|(_, weights)| weights.len()).sum();
        HEADER + PAIRS * WIDTH + (4 << bits(records.len())) + records.len() * 3 + weights * 2
    }

    fn write(&self, scale: f32, least: i32) -> Vec<u8> {
        let records = self.records(scale, least);
        let bits = bits(records.len());
        let mut ends = vec![0_u32; 1 << bits];
        let mut body = Vec::new();
        for (key, weights) in &records {
            body.extend_from_slice(&(*key as u16).to_le_bytes());
            body.push(weights.len() as u8);
            body.extend(weights.iter().flat_map(|&(tag, weight)| [tag, weight as u8]));
            ends[(key >> (64 - bits)) as usize] = body.len() as u32;
        }
        for bucket in 1..ends.len() {
            ends[bucket] = ends[bucket].max(ends[bucket - 1]);
        }
        let mut bytes = MAGIC.to_vec();
        bytes.extend_from_slice(&(Fine::COUNT as u32).to_le_bytes());
        bytes.extend_from_slice(&bits.to_le_bytes());
        bytes.extend_from_slice(&(body.len() as u32).to_le_bytes());
        let mut pairs = vec![[0_u8; WIDTH]; PAIRS];
        for (at, key) in pair_keys() {
            let row = self.keys.get(&key).map_or([0.0; WIDTH], |&row| self.rows[row as usize]);
            for (tag, weight) in weights(&row, scale, least) {
                pairs[at][usize::from(tag)] = weight as u8;
            }
        }
        bytes.extend(pairs.iter().flatten());
        bytes.extend(ends.iter().flat_map(|end| end.to_le_bytes()));
        bytes.extend(body);
        bytes
    }
}

/// About one record in a bucket.
fn bits(records: usize) -> u32 {
    usize::BITS - (records / 2).max(1).leading_zeros()
}

fn pair_keys() -> impl Iterator<Item = (usize, u64)> {
    let tags = 0..=START;
    tags.clone()
        .flat_map(move |last| tags.clone().map(move |second_last| (last, second_last)))
        .enumerate()
        .map(|(at, (last, second_last))| (at, tags_key(last, second_last)))
}

fn weights(row: &Row, scale: f32, least: i32) -> Vec<(u8, i8)> {
    (0..Fine::COUNT as u8)
        .filter_map(|tag| {
            let weight = row[usize::from(tag)] * scale;
            (weight.abs() * 16.0 >= least as f32)
                .then_some((tag, weight.round().clamp(-127.0, 127.0) as i8))
                .filter(|(_, weight)| *weight != 0)
        })
        .collect()
}
