//! Any rule file compiles or is refused with a place in it.
#![no_main]

use libfuzzer_sys::fuzz_target;
use ungarble::rule::{Lists, RuleSet, RuleSource};

fuzz_target!(|content: &str| {
    let own = vec![RuleSource { path: "fuzz.toml".into(), content: content.to_owned() }];
    if let Err(error) = RuleSet::embedded_with(own, Lists::default()) {
        assert!(error.line >= 1 && error.column >= 1);
    }
});
