//! Grows boosted trees: Newton steps on the logistic loss over binned features (Friedman 2001; Chen and Guestrin 2016).

use zerocopy::IntoBytes as _;
use zerocopy::byteorder::little_endian::I16;

use crate::model::{DEPTH, Question, SCALE, Tree};

/// How trees are grown. The same rows give the same trees.
#[derive(Clone, Copy, Debug)]
pub struct Growth {
    /// How many trees.
    pub trees: usize,
    /// The share of each step that is taken.
    pub rate: f32,
    /// A leaf needs this much of the rows' information (sum of p·(1−p)).
    pub least: f32,
}

/// Rows to learn from.
#[derive(Clone, Debug, Default)]
pub struct Rows {
    width: usize,
    features: Vec<i16>,
    labels: Vec<bool>,
    weights: Vec<f32>,
}

const BINS: usize = 64;
/// Pulls leaves towards zero.
const RIDGE: f32 = 4.0;
/// A split must gain this much.
const LEAST_GAIN: f32 = 0.5;

impl Rows {
    /// No rows of so many features.
    pub fn new(width: usize) -> Rows {
        Rows { width, ..Rows::default() }
    }

    /// Adds a row.
    pub fn push(&mut self, features: &[i16], label: bool, weight: f32) {
        assert_eq!(features.len(), self.width, "all rows have the same features");
        self.features.extend_from_slice(features);
        self.labels.push(label);
        self.weights.push(weight);
    }

    /// How many rows there are.
    pub fn len(&self) -> usize {
        self.labels.len()
    }

    /// Whether there is no row.
    pub fn is_empty(&self) -> bool {
        self.labels.is_empty()
    }

    /// The upper bounds of each feature's bins, by quantiles; the last bin has none.
    fn bounds(&self, feature: usize) -> Vec<i16> {
        let step = (self.len() / 50_000).max(1);
        let mut values: Vec<i16> = (0..self.len()).step_by(step).map(|row| self.features[row * self.width + feature]).collect();
        values.sort_unstable();
        let mut bounds: Vec<i16> = (1..BINS).map(|bin| values[bin * values.len() / BINS]).collect();
        bounds.dedup();
        bounds
    }
}

#[derive(Clone, Copy, Default)]
struct Sums {
    gradient: f32,
    information: f32,
}

impl Sums {
    fn score(self) -> f32 {
        self.gradient * self.gradient / (self.information + RIDGE)
    }

    fn minus(self, other: Sums) -> Sums {
        Sums { gradient: self.gradient - other.gradient, information: self.information - other.information }
    }
}

/// Grows trees on rows; their bytes are a section of a model.
pub fn grow(rows: &Rows, growth: Growth) -> Vec<u8> {
    let bounds: Vec<Vec<i16>> = (0..rows.width).map(|feature| rows.bounds(feature)).collect();
    let mut binned = vec![0u8; rows.features.len()];
    for (at, bin) in binned.iter_mut().enumerate() {
        *bin = bounds[at % rows.width].partition_point(|bound| *bound < rows.features[at]) as u8;
    }
    let mut odds = vec![0f32; rows.len()];
    let mut grown = Vec::with_capacity(growth.trees);
    for number in 0..growth.trees {
        let gradients: Vec<Sums> = odds
            .iter()
            .zip(&rows.labels)
            .zip(&rows.weights)
            .map(|((odds, label), weight)| {
                let p = 1.0 / (1.0 + (-odds).exp());
                Sums { gradient: weight * (f32::from(u8::from(*label)) - p), information: weight * (p * (1.0 - p)).max(1e-6) }
            })
            .collect();
        let tree = grow_one(rows, &binned, &bounds, &gradients, growth, number);
        for (row, odds) in odds.iter_mut().enumerate() {
            *odds += f32::from(tree.leaf(&rows.features[row * rows.width..][..rows.width])) / SCALE;
        }
        grown.push(tree);
    }
    grown.as_slice().as_bytes().to_vec()
}

/// Every tree learns from half of the rows, another half each time.
fn takes_part(row: usize, tree: usize) -> bool {
    let mixed = (row as u64 ^ (tree as u64) << 32).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    (mixed ^ mixed >> 29).wrapping_mul(0xBF58_476D_1CE4_E5B9) >> 63 == 0
}

fn grow_one(rows: &Rows, binned: &[u8], bounds: &[Vec<i16>], gradients: &[Sums], growth: Growth, number: usize) -> Tree {
    let mut tree = Tree::default();
    let taking: Vec<u32> = (0..rows.len()).filter(|&row| takes_part(row, number)).map(|row| row as u32).collect();
    let mut node_of = vec![0u16; taking.len()];
    for level in 0..DEPTH {
        let (first, nodes) = ((1 << level) - 1, 1 << level);
        let mut sums = vec![Sums::default(); nodes * rows.width * BINS];
        for (&row, &node) in taking.iter().zip(&node_of) {
            let (gradient, bins) = (gradients[row as usize], &binned[row as usize * rows.width..][..rows.width]);
            let of_node = &mut sums[usize::from(node) * rows.width * BINS..][..rows.width * BINS];
            for (of_feature, &bin) in of_node.chunks_exact_mut(BINS).zip(bins) {
                of_feature[usize::from(bin)].gradient += gradient.gradient;
                of_feature[usize::from(bin)].information += gradient.information;
            }
        }
        let splits: Vec<Option<(usize, u8)>> =
            (0..nodes).map(|node| best_split(&sums[node * rows.width * BINS..][..rows.width * BINS], bounds, growth)).collect();
        for (node, split) in splits.iter().enumerate() {
            let (feature, bound) = split.map_or((0, i16::MAX), |(feature, bin)| (feature, bounds[feature][usize::from(bin)]));
            tree.questions[first + node] = Question { feature: feature as u8, bound: I16::new(bound) };
        }
        for (&row, node) in taking.iter().zip(&mut node_of) {
            let right = splits[usize::from(*node)].is_some_and(|(feature, bin)| binned[row as usize * rows.width + feature] > bin);
            *node = *node * 2 + u16::from(right);
        }
    }
    let mut sums = vec![Sums::default(); 1 << DEPTH];
    for (&row, &node) in taking.iter().zip(&node_of) {
        sums[usize::from(node)].gradient += gradients[row as usize].gradient;
        sums[usize::from(node)].information += gradients[row as usize].information;
    }
    for (leaf, sums) in tree.leaves.iter_mut().zip(sums) {
        let step = growth.rate * sums.gradient / (sums.information + RIDGE);
        leaf.set((step * SCALE).round().clamp(f32::from(i16::MIN), f32::from(i16::MAX)) as i16);
    }
    tree
}

/// The feature and the last bin of its lower side that part a node's rows best.
fn best_split(sums: &[Sums], bounds: &[Vec<i16>], growth: Growth) -> Option<(usize, u8)> {
    let mut best = None;
    let mut most = LEAST_GAIN;
    for (feature, of_feature) in sums.chunks_exact(BINS).enumerate() {
        let all = of_feature.iter().fold(Sums::default(), |sum, bin| Sums {
            gradient: sum.gradient + bin.gradient,
            information: sum.information + bin.information,
        });
        let mut lower = Sums::default();
        for (bin, sums) in of_feature.iter().enumerate().take(bounds[feature].len()) {
            lower.gradient += sums.gradient;
            lower.information += sums.information;
            let upper = all.minus(lower);
            if lower.information < growth.least || upper.information < growth.least {
                continue;
            }
            let gain = lower.score() + upper.score() - all.score();
            if gain > most {
                most = gain;
                best = Some((feature, bin as u8));
            }
        }
    }
    best
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Forest;

    #[test]
    fn trees_learn_what_needs_two_features() {
        let mut rows = Rows::new(3);
        for number in 0..4000i16 {
            let (a, b, noise) = (number % 7, number / 7 % 9, number % 13);
            rows.push(&[a, noise, b], (a > 3) != (b > 4), 1.0);
        }
        let bytes = grow(&rows, Growth { trees: 30, rate: 0.3, least: 1.0 });
        assert_eq!(bytes, grow(&rows, Growth { trees: 30, rate: 0.3, least: 1.0 }));
        let forest = Forest::open(&bytes, 3, "TEST").unwrap();
        assert!(forest.probability(&[6, 0, 2]) > 0.9 && forest.probability(&[1, 0, 8]) > 0.9);
        assert!(forest.probability(&[6, 0, 8]) < 0.1 && forest.probability(&[1, 0, 2]) < 0.1);
        assert!(Forest::open(&bytes, 2, "TEST").is_err() && Forest::open(&bytes[1..], 3, "TEST").is_err());
    }
}
