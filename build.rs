//! Embeds every file under `rules/` into the binary, as a table of path and content sorted by path, and checks the model
//! that is embedded, so that a program need not.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

#[allow(dead_code, unreachable_pub, reason = "the build script needs a part of it")]
#[path = "src/model/format.rs"]
mod format;

fn check_model(path: &Path) {
    println!("cargo::rerun-if-changed={}", path.display());
    let bytes = fs::read(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let checked = format::Sections::open(&bytes).and_then(|sections| sections.verify());
    checked.unwrap_or_else(|error| panic!("{}: {error}", path.display()));
}

fn files_below(folder: &Path, found: &mut Vec<PathBuf>) {
    println!("cargo::rerun-if-changed={}", folder.display());
    let entries = fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    for path in entries.map(|entry| entry.expect("a readable folder entry").path()) {
        if path.is_dir() {
            files_below(&path, found);
        } else if path.extension().is_some_and(|end| end == "toml" || end == "tsv") {
            found.push(path);
        }
    }
}

fn main() {
    let root = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").expect("cargo sets CARGO_MANIFEST_DIR"));
    if env::var_os("CARGO_FEATURE_EMBEDDED_MODEL").is_some() {
        check_model(&root.join("models/en.model"));
    }
    let rules = root.join("rules");
    let mut found = Vec::new();
    files_below(&rules, &mut found);
    let name_of = |path: &PathBuf| path.strip_prefix(&rules).expect("found below rules").to_string_lossy().replace('\\', "/");
    found.sort_by_key(&name_of);
    let mut table = String::from("&[\n");
    for path in &found {
        let name = name_of(path);
        writeln!(table, "    ({name:?}, include_str!({path:?})),").expect("writing to a string");
    }
    table.push_str("]\n");
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets OUT_DIR"));
    fs::write(out.join("rules.rs"), table).expect("OUT_DIR is writable");
}
