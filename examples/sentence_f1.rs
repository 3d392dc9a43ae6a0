//! Sentence-boundary precision, recall and F1 by genre on a CoNLL-U file (gzip), such as GUM.
//!
//! `cargo run --release --example sentence_f1 -- ../shared/data/gum.conllu.gz [dev|test|all]`
//! Documents are split by their position in the file: every third is for testing, the others for development.
//! A boundary is the byte offset at which a sentence's last token ends; the last one of each paragraph is given by the
//! layout and not counted, so that the figure is about the decisions the splitter takes.

#![allow(clippy::print_stdout, reason = "a measurement prints its table")]

use std::collections::BTreeMap;
use std::io::Read as _;

use ungarble::language::{Annotator, LanguageCode, Vocabulary};
use ungarble::text::{Part, Role, Span};

#[derive(Default)]
struct Text {
    text: String,
    ends: Vec<usize>,
    paragraph_ends: Vec<usize>,
}

#[derive(Default, Clone, Copy)]
struct Count {
    found: usize,
    wanted: usize,
    right: usize,
    all_found: usize,
    all_wanted: usize,
    all_right: usize,
}

fn main() {
    let path = std::env::args().nth(1).expect("a CoNLL-U file");
    let part = std::env::args().nth(2).unwrap_or_else(|| "all".into());
    let show = std::env::args().nth(3);
    let mut raw = String::new();
    flate2::read::GzDecoder::new(std::fs::File::open(path).expect("a readable file")).read_to_string(&mut raw).expect("gzip");
    let mut vocabulary = Vocabulary::default();
    let annotator = Annotator::new(&mut vocabulary, LanguageCode::ENGLISH);
    let mut counts: BTreeMap<String, Count> = BTreeMap::new();
    for (index, document) in raw.split("# newdoc id = ").skip(1).enumerate() {
        let test = index % 3 == 2;
        if part == "dev" && test || part == "test" && !test {
            continue;
        }
        let name = document.lines().next().unwrap_or("");
        let genre = name.split('_').nth(1).unwrap_or("?").to_owned();
        let gold = read(document);
        let whole = Part { span: Span::new(0, gold.text.len()), role: Role::Body };
        let annotated = annotator.annotate(&gold.text, &[whole], &vocabulary);
        let found: Vec<usize> = annotated.sentences.iter().map(|sentence| sentence.span.end as usize).collect();
        for key in [genre, "all".to_owned()] {
            let count = counts.entry(key).or_default();
            let inner = |ends: &[usize]| ends.iter().filter(|end| !gold.paragraph_ends.contains(end)).count();
            let right: Vec<usize> = found.iter().copied().filter(|end| gold.ends.contains(end)).collect();
            count.found += inner(&found);
            count.wanted += inner(&gold.ends);
            count.right += inner(&right);
            count.all_found += found.len();
            count.all_wanted += gold.ends.len();
            count.all_right += right.len();
        }
        if show.as_deref().is_some_and(|genre| name.contains(genre)) {
            let around = |at: usize| {
                let (mut from, mut to) = (at.saturating_sub(40), (at + 40).min(gold.text.len()));
                while !gold.text.is_char_boundary(from) {
                    from -= 1
                }
                while !gold.text.is_char_boundary(to) {
                    to += 1
                }
                format!("{}|{}", &gold.text[from..at], &gold.text[at..to]).replace('\n', "⏎")
            };
            found.iter().filter(|end| !gold.ends.contains(end)).for_each(|&end| println!("+ {}", around(end)));
            gold.ends.iter().filter(|end| !found.contains(end)).for_each(|&end| println!("- {}", around(end)));
        }
    }
    println!("{:<14} {:>6} {:>6} {:>6} {:>6} | with paragraph ends {:>6} {:>6} {:>6}", "genre", "gold", "P", "R", "F1", "P", "R", "F1");
    for (genre, c) in counts {
        let f = |right: usize, found: usize, wanted: usize| {
            let (p, r) = (right as f64 / found.max(1) as f64, right as f64 / wanted.max(1) as f64);
            (p, r, 2.0 * p * r / (p + r).max(1e-9))
        };
        let (p, r, f1) = f(c.right, c.found, c.wanted);
        let (ap, ar, af) = f(c.all_right, c.all_found, c.all_wanted);
        println!("{genre:<14} {:>6} {p:>6.3} {r:>6.3} {f1:>6.3} | {:>19} {ap:>6.3} {ar:>6.3} {af:>6.3}", c.wanted, "");
    }
}

/// Puts a document's text together again: spaces as given, a blank line between paragraphs.
fn read(document: &str) -> Text {
    let mut text = Text::default();
    let mut space = false;
    let mut skip_to = 0;
    for line in document.lines() {
        if line.starts_with("# newpar") && !line.starts_with("# newpar_block") && !text.text.is_empty() {
            if text.paragraph_ends.last() != text.ends.last() {
                text.paragraph_ends.push(*text.ends.last().expect("a sentence before"));
            }
            text.text.push_str("\n\n");
            space = false;
        } else if line.is_empty() {
            if text.ends.last() != Some(&text.text.trim_end().len()) && !text.text.trim().is_empty() {
                text.ends.push(text.text.trim_end().len());
                // A sentence without any closing mark was ended by the layout of its page, which the file does not keep:
                // a caption, an entry of a list. It gets a line of its own, and its end is not counted as a decision.
                if text.text.trim_end().ends_with(char::is_alphanumeric) {
                    text.paragraph_ends.push(text.text.trim_end().len());
                    text.text.push_str("\n\n");
                    space = false;
                }
            }
            skip_to = 0;
        } else if !line.starts_with('#') {
            let cells: Vec<&str> = line.split('\t').collect();
            if cells.len() < 8 || cells[0].contains('.') {
                continue;
            }
            if let Some((_, last)) = cells[0].split_once('-') {
                skip_to = last.parse().unwrap_or(0);
            } else if cells[0].parse::<usize>().is_ok_and(|id| id <= skip_to) {
                continue;
            }
            if space {
                text.text.push(' ');
            }
            text.text.push_str(cells[1]);
            space = !line.ends_with("SpaceAfter=No");
        }
    }
    if let Some(&last) = text.ends.last() {
        text.paragraph_ends.push(last);
    }
    text
}
