//! Recorded sessions of the command line: `tests/cli/*.toml` and `*.trycmd`, and the session shown in README.
//! `TRYCMD=overwrite cargo test --test cli` records them anew.

#[test]
fn sessions() {
    trycmd::TestCases::new().case("tests/cli/*.toml").case("tests/cli/*.trycmd").case("README.md");
}
