//! Detectors of the family `residue`.

mod broken_off;
mod crosshead;
mod doubled_line;
mod second_article;
mod share_bar;
mod stock_sentence;

use super::finding::Detector;
use super::registry::Parts;

pub(super) fn build(name: &str, parts: &mut Parts) -> Option<Result<Box<dyn Detector>, String>> {
    let built: Result<Box<dyn Detector>, String> = match name {
        "broken-off" => broken_off::BrokenOff::new(parts).map(|detector| Box::new(detector) as _),
        "doubled-line" => Ok(Box::new(doubled_line::DoubledLine)),
        "glued-crosshead" => crosshead::GluedCrosshead::new(parts).map(|detector| Box::new(detector) as _),
        "second-article" => Ok(Box::new(second_article::SecondArticle)),
        "share-bar" => share_bar::ShareBar::new(parts).map(|detector| Box::new(detector) as _),
        "stock-sentence" => Ok(Box::new(stock_sentence::StockSentence)),
        _ => return None,
    };
    Some(built)
}
