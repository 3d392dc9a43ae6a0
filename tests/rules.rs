//! Every example of every rule file is a test of its own, named `family/rule kind number`.

use libtest_mimic::{Arguments, Trial};
use ungarble::examples::try_examples;
use ungarble::rule::RuleSet;

fn main() {
    let arguments = Arguments::from_args();
    let load = || RuleSet::embedded().unwrap_or_else(|error| panic!("{error}"));
    let trials = try_examples(load, |_| true).unwrap_or_else(|error| panic!("{error}"));
    let tests = trials
        .into_iter()
        .map(|trial| Trial::test(trial.name, move || trial.failure.map_or(Ok(()), |failure| Err(failure.into()))))
        .collect();
    libtest_mimic::run(&arguments, tests).exit();
}
