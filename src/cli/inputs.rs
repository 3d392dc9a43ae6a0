//! From paths to jobs: files, folders, standard input, records.

use std::collections::VecDeque;
use std::fs::File;
use std::io::{self, BufRead, BufReader, IsTerminal as _, Read as _};
use std::path::{Path, PathBuf};

use anyhow::{Result, bail};

use super::args::{InputType, Inputs};
use crate::extract::{Document, RawRecord, RecordReader, TextFields, plain};
use crate::report::AnswerError;
use crate::text::looks_binary;

/// One document still to be read.
pub(super) enum Job {
    /// A plain text file.
    File(PathBuf),
    /// Plain text from standard input.
    Text(Vec<u8>),
    /// A record.
    Record(RawRecord),
    /// Something that could not be opened.
    Failed(AnswerError),
}

/// A file of this many bytes or more can't be checked: positions have 32 bits.
const TOO_LONG: u64 = u32::MAX as u64;
/// The name of standard input in answers.
const STDIN: &str = "-";

impl Job {
    /// Bytes that the job will hold, roughly.
    pub(super) fn weight(&self) -> usize {
        match self {
            Job::File(path) => path.metadata().map_or(0, |data| data.len() as usize),
            Job::Text(bytes) => bytes.len(),
            Job::Record(record) => record.len(),
            Job::Failed(_) => 0,
        }
    }

    /// Reads the document.
    pub(super) fn read(self, fields: &TextFields) -> Result<Document, AnswerError> {
        match self {
            Job::File(path) => read_file(&path),
            Job::Text(bytes) => whole(STDIN, bytes),
            Job::Record(record) => record.parse(fields).map_err(|error| AnswerError {
                schema_version: 1,
                id: format!("{}:{}", error.path, error.line),
                path: error.path.clone(),
                error: format!("line {}: {}", error.line, error.message),
            }),
            Job::Failed(error) => Err(error),
        }
    }
}

fn read_file(path: &Path) -> Result<Document, AnswerError> {
    let name = path.to_string_lossy();
    let fail = |error: io::Error| failure(&name, &told(&error));
    let mut file = File::open(path).map_err(fail)?;
    let length = file.metadata().map_err(fail)?.len();
    if length >= TOO_LONG {
        return Err(failure(&name, "longer than 4 GiB"));
    }
    let mut bytes = Vec::with_capacity(length as usize);
    file.read_to_end(&mut bytes).map_err(fail)?;
    whole(&name, bytes)
}

fn whole(name: &str, bytes: Vec<u8>) -> Result<Document, AnswerError> {
    if bytes.len() as u64 >= TOO_LONG {
        return Err(failure(name, "longer than 4 GiB"));
    }
    if looks_binary(&bytes) {
        return Err(failure(name, "this is no text (binary data)"));
    }
    Ok(plain(name, bytes))
}

fn failure(path: &str, error: &str) -> AnswerError {
    AnswerError { schema_version: 1, id: path.to_owned(), path: path.to_owned(), error: error.to_owned() }
}

/// The system's words without "(os error 2)".
fn told(error: &io::Error) -> String {
    let text = error.to_string();
    text.split(" (os error").next().unwrap_or(&text).to_owned()
}

/// All jobs, in the order of the command line; folders in the order of their names.
pub(super) struct Jobs {
    paths: VecDeque<PathBuf>,
    walk: Option<ignore::Walk>,
    records: Option<RecordReader<Box<dyn BufRead>>>,
    records_path: String,
    input_type: Option<InputType>,
}

impl Jobs {
    pub(super) fn new(inputs: &Inputs) -> Result<Jobs> {
        Jobs::of(inputs.paths.clone(), inputs.input_type)
    }

    pub(super) fn of(paths: Vec<PathBuf>, input_type: Option<InputType>) -> Result<Jobs> {
        let mut paths = VecDeque::from(paths);
        if paths.is_empty() {
            if io::stdin().is_terminal() {
                bail!("no input: name files or folders, or - for standard input");
            }
            paths.push_back(PathBuf::from(STDIN));
        }
        Ok(Jobs { paths, walk: None, records: None, records_path: String::new(), input_type })
    }

    fn open(&mut self, path: PathBuf) -> Option<Job> {
        let name = path.to_string_lossy().into_owned();
        if name == STDIN {
            return self.open_stdin();
        }
        let input_type = match self.input_type {
            Some(known) => known,
            None => match type_of(&path) {
                Ok(known) => known,
                Err(message) => return Some(Job::Failed(failure(&name, &message))),
            },
        };
        match input_type {
            InputType::Text => Some(Job::File(path)),
            InputType::Jsonl => match File::open(&path) {
                Ok(file) => self.start_records(name, Box::new(BufReader::with_capacity(1 << 16, file))),
                Err(error) => Some(Job::Failed(failure(&name, &told(&error)))),
            },
        }
    }

    fn open_stdin(&mut self) -> Option<Job> {
        let mut stdin = BufReader::with_capacity(1 << 16, io::stdin());
        let is_records = match self.input_type {
            Some(known) => known == InputType::Jsonl,
            None => stdin.fill_buf().is_ok_and(|head| {
                let line = head.split(|&byte| byte == b'\n').next().unwrap_or(&[]).trim_ascii();
                line.starts_with(b"{\"") || line.starts_with(b"{ \"")
            }),
        };
        if is_records {
            return self.start_records(STDIN.to_owned(), Box::new(stdin));
        }
        let mut bytes = Vec::new();
        match stdin.read_to_end(&mut bytes) {
            Ok(_) => Some(Job::Text(bytes)),
            Err(error) => Some(Job::Failed(failure(STDIN, &told(&error)))),
        }
    }

    fn start_records(&mut self, name: String, reader: Box<dyn BufRead>) -> Option<Job> {
        self.records_path.clone_from(&name);
        self.records = Some(RecordReader::new(name, reader));
        None
    }

    fn next_record(&mut self) -> Option<Job> {
        match self.records.as_mut()?.next_line() {
            Ok(Some(record)) => Some(Job::Record(record)),
            Ok(None) => {
                self.records = None;
                None
            }
            Err(error) => {
                self.records = None;
                Some(Job::Failed(failure(&self.records_path, &told(&error))))
            }
        }
    }

    fn next_in_folder(&mut self) -> Option<Job> {
        loop {
            match self.walk.as_mut()?.next() {
                None => {
                    self.walk = None;
                    return None;
                }
                Some(Err(error)) => return Some(Job::Failed(failure("", &error.to_string()))),
                Some(Ok(entry)) => {
                    let is_file = entry.file_type().is_some_and(|kind| kind.is_file());
                    let known = entry
                        .path()
                        .extension()
                        .is_some_and(|end| ["txt", "text", "md", "jsonl", "ndjson"].iter().any(|known| end.eq_ignore_ascii_case(known)));
                    if is_file && known {
                        if let Some(job) = self.open(entry.into_path()) {
                            return Some(job);
                        }
                        if let Some(job) = self.next_record() {
                            return Some(job);
                        }
                    }
                }
            }
        }
    }
}

impl Iterator for Jobs {
    type Item = Job;

    fn next(&mut self) -> Option<Job> {
        loop {
            if let Some(job) = self.next_record().or_else(|| self.next_in_folder()) {
                return Some(job);
            }
            let path = self.paths.pop_front()?;
            if path.is_dir() {
                self.walk = Some(ignore::WalkBuilder::new(&path).require_git(false).sort_by_file_name(std::ffi::OsStr::cmp).build());
            } else if let Some(job) = self.open(path) {
                return Some(job);
            }
        }
    }
}

fn type_of(path: &Path) -> Result<InputType, String> {
    let end = path.extension().map(|end| end.to_string_lossy().to_lowercase()).unwrap_or_default();
    match end.as_str() {
        "jsonl" | "ndjson" => Ok(InputType::Jsonl),
        "html" | "htm" | "xhtml" | "xml" | "rss" | "json" | "gz" | "zst" | "zip" | "pdf" | "docx" => {
            Err(format!("this version does not read .{end} files (--input-type text reads it as plain text)"))
        }
        _ => Ok(InputType::Text),
    }
}
