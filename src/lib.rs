//! Work in progress map.
pub mod data;
pub mod language;
pub mod text;
pub mod rule;
pub mod extract;
pub mod detect;
