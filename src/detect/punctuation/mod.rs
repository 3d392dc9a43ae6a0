//! Detectors of the family `punctuation`.

mod bracket_balance;
mod bracket_space;
mod clash;
mod contraction;
mod currency;
mod dead_end;
mod double_space;
mod doubled;
mod false_stop;
mod hyphen;
mod lost_stop;
mod marks;
mod missing_space;
mod mixed_quotes;
mod number;
mod quote_balance;
mod quote_space;
mod space_before;
mod stray;
mod stray_apostrophe;
mod wrong_side;

use super::finding::Detector;
use super::registry::Parts;

pub(super) fn build(name: &str, parts: &mut Parts) -> Option<Result<Box<dyn Detector>, String>> {
    let built: Box<dyn Detector> = match name {
        "bracket-balance" => Box::new(bracket_balance::BracketBalance),
        "bracket-space" => Box::new(bracket_space::BracketSpace),
        "broken-number" => Box::new(number::BrokenNumber),
        "clashing-marks" => Box::new(clash::Clash),
        "currency-space" => Box::new(currency::CurrencySpace),
        "dead-end" => return Some(dead_end::DeadEnd::new(parts).map(|detector| Box::new(detector) as Box<dyn Detector>)),
        "double-space" => Box::new(double_space::DoubleSpace),
        "doubled-mark" => Box::new(doubled::DoubledMark),
        "false-stop" => return Some(false_stop::FalseStop::new(parts).map(|detector| Box::new(detector) as Box<dyn Detector>)),
        "loose-hyphen" => return Some(hyphen::LooseHyphen::new(parts).map(|detector| Box::new(detector) as Box<dyn Detector>)),
        "lost-stop" => return Some(lost_stop::LostStop::new(parts).map(|detector| Box::new(detector) as Box<dyn Detector>)),
        "missing-space" => Box::new(missing_space::MissingSpace),
        "mixed-quotes" => Box::new(mixed_quotes::MixedQuotes),
        "quote-balance" => Box::new(quote_balance::QuoteBalance),
        "quote-space" => Box::new(quote_space::QuoteSpace),
        "space-before-mark" => Box::new(space_before::SpaceBefore),
        "space-on-wrong-side" => Box::new(wrong_side::WrongSide),
        "stray-apostrophe" => Box::new(stray_apostrophe::StrayApostrophe),
        "stray-mark" => Box::new(stray::StrayMark),
        "torn-contraction" => Box::new(contraction::TornContraction::new(parts)),
        _ => return None,
    };
    Some(Ok(built))
}
