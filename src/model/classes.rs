//! What the n-grams see of a word: a number of the vocabulary, or the class that its form gives it.

/// A word as the n-grams know it. Numbers below [`CLASSES`] are the boundary and the classes; the others are words.
pub type Gram = u16;

/// The start and the end of a sentence.
pub const BOUNDARY: Gram = 0;

/// The numbers below this one are no words of the vocabulary.
pub const CLASSES: Gram = 40;

/// The class of a form outside the vocabulary, told by its letters alone. Numbers always have a class, never a word's number.
pub fn class_of(form: &str) -> Gram {
    let first = form.bytes().next().unwrap_or(b' ');
    if form.bytes().any(|byte| byte.is_ascii_digit()) {
        return class_of_digits(form);
    }
    let (mut upper, mut lower, mut letters) = (0, 0, 0);
    for c in form.chars() {
        letters += usize::from(c.is_alphabetic());
        upper += usize::from(c.is_uppercase());
        lower += usize::from(c.is_lowercase());
    }
    if letters == 0 {
        return 30;
    }
    if upper + lower == 0 {
        return 31;
    }
    let hyphen = form.contains('-');
    let capital = first.is_ascii_uppercase() || form.chars().next().is_some_and(char::is_uppercase);
    let ends = |endings: &[&str]| endings.iter().any(|ending| form.ends_with(ending));
    match () {
        () if lower == 0 && upper > 1 => 13,
        () if capital && hyphen => 15,
        () if capital && upper > 1 => 14,
        () if capital && ends(&["ian", "ans", "ese", "ish"]) => 16,
        () if capital && ends(&["s"]) => 12,
        () if capital => 11,
        () if upper > 0 => 14,
        () if hyphen && ends(&["ed", "ing"]) => 9,
        () if hyphen => 10,
        () if ends(&["ing"]) => 2,
        () if ends(&["ed"]) => 3,
        () if ends(&["ly"]) => 5,
        () if ends(&["ion", "ment", "ness", "ity", "ism", "ance", "ence"]) => 6,
        () if ends(&["al", "ive", "ous", "ic", "able", "ful", "less"]) => 7,
        () if ends(&["er", "or", "ist"]) => 8,
        () if ends(&["ss"]) => 1,
        () if ends(&["s"]) => 4,
        () => 1,
    }
}

fn class_of_digits(form: &str) -> Gram {
    let bytes = form.as_bytes();
    let digits = bytes.iter().filter(|byte| byte.is_ascii_digit()).count();
    let letters = form.chars().any(char::is_alphabetic);
    match () {
        () if digits == bytes.len() => match form.parse::<u32>() {
            Ok(1500..=2099) if digits == 4 => 17,
            Ok(1) => 34,
            Ok(0..=31) => 18,
            _ => 19,
        },
        () if letters && ["st", "nd", "rd", "th"].iter().any(|end| form.ends_with(end)) => 22,
        () if letters && form.ends_with('s') => 25,
        () if letters && form.contains('-') && first_is_digit(form) => 32,
        () if letters && first_is_digit(form) => 33,
        () if letters => 26,
        () if form.contains(':') => 23,
        () if form.contains(['-', '–', '/']) => 24,
        () if form.contains(',') => 21,
        () if form.contains('.') => 20,
        () => 26,
    }
}

fn first_is_digit(form: &str) -> bool {
    form.bytes().next().is_some_and(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn like_forms_share_a_class() {
        assert_eq!(class_of("2015"), class_of("1979"));
        assert_ne!(class_of("2015"), class_of("20155"));
        assert_eq!(class_of("Katyusha"), class_of("Schenker"));
        assert_ne!(class_of("Katyusha"), class_of("katyusha"));
        assert_eq!(class_of("20-year-old"), class_of("7-month-old"));
        assert_eq!(class_of("glorping"), class_of("frobbing"));
        assert!((0..u32::from(u16::MAX)).filter_map(char::from_u32).all(|c| (1..CLASSES).contains(&class_of(&c.to_string()))));
    }
}
