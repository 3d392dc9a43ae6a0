//! The stages of a check on the clean articles of the corpus: `cargo bench`. Quote ratios, not seconds.

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use ungarble::extract::Document;
use ungarble::language::{Annotator, LanguageCode, Vocabulary, identify};
use ungarble::rule::RuleSet;
use ungarble::text::decode;
use ungarble::{Checker, Config};

fn corpus() -> Vec<String> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/corpus/clean");
    let mut paths: Vec<_> = std::fs::read_dir(folder).expect("the corpus").map(|entry| entry.expect("an entry").path()).collect();
    paths.sort();
    paths.iter().map(|path| std::fs::read_to_string(path).expect("an article")).collect()
}

fn stages(criterion: &mut Criterion) {
    let articles = corpus();
    let bytes: usize = articles.iter().map(String::len).sum();
    let documents: Vec<Document> = articles.iter().map(|text| Document::from_text("x", text.clone())).collect();
    let checker = Checker::new(RuleSet::embedded().expect("rules"), Config::default()).expect("a checker");
    let mut vocabulary = Vocabulary::default();
    let annotator = Annotator::new(&mut vocabulary, LanguageCode::ENGLISH);
    let mut group = criterion.benchmark_group("stages");
    group.throughput(Throughput::Bytes(bytes as u64));
    group.bench_function("decode", |bench| {
        bench.iter(|| articles.iter().map(|text| decode(text.clone().into_bytes()).text.len()).sum::<usize>())
    });
    group.bench_function("identify language", |bench| bench.iter(|| articles.iter().filter(|text| identify(text).is_some()).count()));
    group.bench_function("annotate", |bench| {
        bench.iter(|| {
            documents.iter().map(|document| annotator.annotate(&document.text, &document.layout(), &vocabulary).tokens.len()).sum::<usize>()
        });
    });
    group.bench_function("check", |bench| {
        bench.iter(|| documents.iter().map(|document| checker.check(document).findings.len()).sum::<usize>())
    });
    group.finish();
    criterion.bench_function("compile rules", |bench| bench.iter(|| RuleSet::embedded().expect("rules").rules.len()));
}

criterion_group!(benches, stages);
criterion_main!(benches);
