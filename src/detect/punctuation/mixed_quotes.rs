use super::marks;
use crate::detect::Context;
use crate::detect::finding::{Candidate, Detector};
use crate::language::{QuoteMark, QuoteRole};

/// Finds quotations that open in one style and close in the other: “so".
pub(super) struct MixedQuotes;

impl Detector for MixedQuotes {
    fn captures(&self) -> &'static [&'static str] {
        &[marks::REPAIR]
    }

    fn detect(&self, context: &Context, found: &mut Vec<Candidate>) {
        let doc = context.doc;
        let from = found.len();
        let (mut curly, mut straight) = (0usize, 0usize);
        for quote in &doc.quotes {
            match quote.mark {
                '“' | '”' => curly += 1,
                '"' => straight += 1,
                _ => {}
            }
        }
        let single_curly = curly >= straight;
        for quote in doc.quotes.iter().filter(|quote| quote.role == QuoteRole::Open) {
            let Some(partner) = quote.partner.and_then(|token| doc.quotes.binary_search_by_key(&token, |other| other.token).ok()) else {
                continue;
            };
            let closing = &doc.quotes[partner];
            if is_straight(quote) == is_straight(closing)
                || quote.is_double() != closing.is_double()
                || !matches!(quote.mark, '“' | '‘' | '"' | '\'')
            {
                continue;
            }
            let keep_curly = if quote.is_double() { curly > straight } else { single_curly };
            let (odd, repair) = match (keep_curly, is_straight(quote), quote.is_double()) {
                (true, true, true) => (quote, '“'),
                (true, false, true) => (closing, '”'),
                (true, true, false) => (quote, '‘'),
                (true, false, false) => (closing, '’'),
                (false, true, true) => (closing, '"'),
                (false, false, true) => (quote, '"'),
                (false, true, false) => (closing, '\''),
                (false, false, false) => (quote, '\''),
            };
            let mut candidate = marks::mended(doc.tokens[odd.token].span, repair);
            candidate.related.push(doc.tokens[if odd.token == quote.token { closing.token } else { quote.token }].span);
            found.push(candidate);
        }
        marks::gather_many(found, from, 2);
    }
}

fn is_straight(quote: &QuoteMark) -> bool {
    quote.mark.is_ascii()
}
