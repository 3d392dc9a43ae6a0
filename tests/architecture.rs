//! The borders of the crate: who may import whom, and who may touch the outside world.

use std::fs;
use std::path::{Path, PathBuf};

/// Modules in the order of their layers; a module imports only from layers before its own.
const LAYERS: [&[&str]; 11] = [
    &["data", "text"],
    &["extract", "model"],
    &["language"],
    &["fluency"],
    &["rule"],
    &["detect"],
    &["score", "fix"],
    &["policy"],
    &["checker"],
    &["examples", "report", "training"],
    &["cli"],
];

fn sources() -> Vec<(String, PathBuf)> {
    let mut found = Vec::new();
    let mut folders = vec![PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("src")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|end| end == "rs") {
                found.push((module_of(&path), path));
            }
        }
    }
    found.sort();
    found
}

fn module_of(path: &Path) -> String {
    let below = path.strip_prefix(Path::new(env!("CARGO_MANIFEST_DIR")).join("src")).unwrap();
    below.components().next().unwrap().as_os_str().to_string_lossy().trim_end_matches(".rs").to_owned()
}

fn layer(module: &str) -> Option<usize> {
    LAYERS.iter().position(|layer| layer.contains(&module))
}

/// The first path segments after `crate::` and `crate::{` in a source.
fn imports(source: &str) -> Vec<String> {
    let code: String = source.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n");
    let mut found = Vec::new();
    for (at, _) in code.match_indices("crate::") {
        let rest = &code[at + "crate::".len()..];
        let name: String = rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
        found.push(name);
    }
    found
}

#[test]
fn imports_point_one_way() {
    let mut wrong = Vec::new();
    let mut seen = 0;
    for (module, path) in sources() {
        let Some(own) = layer(&module) else { continue };
        for import in imports(&fs::read_to_string(&path).unwrap()) {
            seen += 1;
            // The public names of the crate's root are the checker and its configuration.
            let target = match import.as_str() {
                "Checker" | "CheckerError" | "Report" => "checker",
                "Config" => "policy",
                other => other,
            };
            match layer(target) {
                Some(other) if other < own || target == module => {}
                _ => wrong.push(format!("{}: imports {import}", path.display())),
            }
        }
    }
    assert!(seen > 50, "the test must see the imports; it saw {seen}");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_module_has_its_layer() {
    let without: Vec<String> = sources()
        .into_iter()
        .map(|(module, _)| module)
        .filter(|module| !["lib", "main"].contains(&module.as_str()) && layer(module).is_none())
        .collect();
    assert!(without.is_empty(), "no layer for {without:?}");
}

#[test]
fn only_the_command_line_touches_the_outside_world() {
    const OUTSIDE: [&str; 8] = ["std::fs", "std::env", "std::thread", "std::process", "std::net", "println!", "io::stdout", "rayon"];
    let mut wrong = Vec::new();
    for (module, path) in sources() {
        let source = fs::read_to_string(&path).unwrap();
        let code = source.split("#[cfg(test)]").next().unwrap_or("");
        if module != "cli" && module != "main" {
            wrong.extend(OUTSIDE.iter().filter(|word| code.contains(**word)).map(|word| format!("{}: {word}", path.display())));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn no_file_grows_past_reading() {
    let long: Vec<String> = sources()
        .into_iter()
        .map(|(_, path)| (fs::read_to_string(&path).unwrap().lines().count(), path))
        .filter(|(lines, _)| *lines > 500)
        .map(|(lines, path)| format!("{}: {lines} lines", path.display()))
        .collect();
    assert!(long.is_empty(), "{}", long.join("\n"));
}
