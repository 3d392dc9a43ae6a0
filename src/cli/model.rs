//! `model build` and `model info`.

use std::fs::{self, File};
use std::io::{BufReader, Read as _, Write as _};
use std::path::Path;

use anyhow::{Context as _, Result, bail};
use serde::Deserialize;

use super::args::ModelCommand;
use crate::extract::{RecordReader, TextFields};
use crate::language::LanguageCode;
use crate::model::Model;
use crate::training::recipe::{self, DecisionFiles, Recipe, TextFile};
use crate::training::{self, Corpus, Examples, Judged, TaggedTexts, WordLists};

pub(super) fn model(command: &ModelCommand) -> Result<u8> {
    match command {
        ModelCommand::Build { recipe, output, from } => build(recipe, output, from.as_deref()),
        ModelCommand::Info { file } => info(file.as_deref()),
    }
}

fn build(path: &Path, output: &Path, from: Option<&Path>) -> Result<u8> {
    let content = fs::read_to_string(path).with_context(|| path.display().to_string())?;
    let recipe: Recipe = toml::from_str(&content).with_context(|| path.display().to_string())?;
    let folder = path.parent().unwrap_or(Path::new(""));
    let mut out = anstream::stdout().lock();
    let mut bytes = match from {
        Some(model) => fs::read(model).with_context(|| model.display().to_string())?,
        None => {
            let (bytes, figures) = count(path, &recipe, folder)?;
            writeln!(out, "{} running words, {} forms", figures.running_words, figures.forms)?;
            let ([bigrams, trigrams], [all_bigrams, all_trigrams]) = (figures.kept, figures.seen);
            writeln!(
                out,
                "n-grams over {} words: {bigrams} of {all_bigrams} bigrams, {trigrams} of {all_trigrams} trigrams",
                figures.words
            )?;
            bytes
        }
    };
    if let Some(files) = &recipe.decision {
        let decided = training::decide(&bytes, &examples(files, folder)?)?;
        write!(out, "{}", decided.table)?;
        bytes = decided.model;
    }
    fs::write(output, &bytes).with_context(|| output.display().to_string())?;
    writeln!(out, "{} bytes", bytes.len())?;
    Ok(super::CLEAN)
}

/// Makes what is counted: lexicon, n-grams, tagger.
fn count(path: &Path, recipe: &Recipe, folder: &Path) -> Result<(Vec<u8>, training::Figures)> {
    let Some(language) = LanguageCode::parse(&recipe.language) else { bail!("{}: no such language: {}", path.display(), recipe.language) };
    let mut lists = WordLists::default();
    for name in &recipe.frequencies {
        lists.add_frequencies(name, &read(&folder.join(name))?)?;
    }
    for name in &recipe.lemmas {
        lists.add_lemmas(name, &read(&folder.join(name))?)?;
    }
    for name in &recipe.pronunciations {
        lists.add_pronunciations(name, &read(&folder.join(name))?)?;
    }
    let mut corpus = Corpus::new(language);
    for text in &recipe.text {
        add_text(&mut corpus, text, &folder.join(&text.path))?;
    }
    let tagged = match &recipe.tagger {
        Some(files) => Some(TaggedTexts {
            treebank: read(&folder.join(&files.treebank))?,
            penn: files.penn.iter().map(|name| read(&folder.join(name))).collect::<Result<_>>()?,
            brown: files.brown.iter().map(|name| read(&folder.join(name))).collect::<Result<_>>()?,
        }),
        None => None,
    };
    Ok(training::build(&recipe.language, &lists, &corpus, tagged.as_ref(), recipe.limits.into())?)
}

fn examples(files: &DecisionFiles, folder: &Path) -> Result<Examples> {
    let mut examples = Examples::default();
    for (at, line) in read(&folder.join(&files.judged))?.lines().enumerate() {
        let row: JudgedRow = serde_json::from_str(line).with_context(|| format!("{}:{}", files.judged, at + 1))?;
        let words = row.words.iter().zip(&row.bad).map(|((start, end), bad)| (*start, *end, *bad != 0)).collect();
        examples.judged.push(Judged { text: row.text, words });
    }
    for (at, line) in read(&folder.join(&files.sound))?.lines().enumerate() {
        let row: SoundRow = serde_json::from_str(line).with_context(|| format!("{}:{}", files.sound, at + 1))?;
        if row.flaws == 0 && recipe::is_held_out(&row.id, files.hold_out) {
            examples.sound.push(row.text);
        }
    }
    Ok(examples)
}

#[derive(Deserialize)]
struct JudgedRow {
    text: String,
    words: Vec<(usize, usize)>,
    bad: Vec<u8>,
}

#[derive(Deserialize)]
struct SoundRow {
    id: String,
    text: String,
    #[serde(default)]
    flaws: u64,
}

fn add_text(corpus: &mut Corpus, text: &TextFile, path: &Path) -> Result<()> {
    let name = path.to_string_lossy().trim_end_matches(".gz").to_owned();
    if !name.ends_with(".jsonl") {
        let content = read(path)?;
        let content = if name.ends_with(".txt") { content } else { recipe::plain_text(&name, &content) };
        corpus.add(&content, text.style.into(), text.weight);
        return Ok(());
    }
    let mut records = RecordReader::new(name, BufReader::new(open(path)?));
    while let Some(record) = records.next_line().with_context(|| path.display().to_string())? {
        if !record.is_empty() {
            let document = record.parse(&TextFields::Usual).map_err(|error| anyhow::anyhow!("{}", error.message))?;
            if !recipe::is_held_out(&document.id, text.hold_out) {
                corpus.add(&document.text, text.style.into(), text.weight);
            }
        }
    }
    Ok(())
}

fn open(path: &Path) -> Result<Box<dyn std::io::Read>> {
    let file = File::open(path).with_context(|| path.display().to_string())?;
    let is_gzip = path.extension().is_some_and(|end| end == "gz");
    Ok(if is_gzip { Box::new(flate2::read::MultiGzDecoder::new(file)) } else { Box::new(file) })
}

fn read(path: &Path) -> Result<String> {
    let mut content = String::new();
    open(path)?.read_to_string(&mut content).with_context(|| path.display().to_string())?;
    Ok(content)
}

fn info(file: Option<&Path>) -> Result<u8> {
    let bytes = match file {
        Some(path) => fs::read(path).with_context(|| path.display().to_string())?,
        None => bail!("this program has no embedded model: name a file"),
    };
    let model = Model::from_bytes(&bytes).with_context(|| file.map(|path| path.display().to_string()).unwrap_or_default())?;
    let mut out = anstream::stdout().lock();
    writeln!(out, "language {}, stamp {:016x}, {} bytes", model.language(), model.stamp(), bytes.len())?;
    for (tag, length) in model.sections() {
        writeln!(out, "{tag} {length:>9} bytes")?;
    }
    let [words, bigrams, trigrams] = model.ngrams.sizes();
    writeln!(out, "{} forms; n-grams over {words} words: {bigrams} slots for bigrams, {trigrams} for trigrams", model.lexicon.len())?;
    Ok(super::CLEAN)
}
