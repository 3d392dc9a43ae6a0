//! What recorded sessions can't show: pipes that close, streams without end, folders that hold themselves.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::process::{Command, Stdio};

fn ungarble() -> Command {
    Command::new(env!("CARGO_BIN_EXE_ungarble"))
}

fn check_stdin(arguments: &[&str], input: &[u8]) -> (Option<i32>, String, String) {
    let mut child =
        ungarble().arg("check").args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let input = input.to_vec();
    let writer = std::thread::spawn(move || stdin.write_all(&input));
    let output = child.wait_with_output().unwrap();
    let _ = writer.join().unwrap();
    (output.status.code(), String::from_utf8(output.stdout).unwrap(), String::from_utf8(output.stderr).unwrap())
}

#[test]
fn a_reader_that_stops_reading_is_no_failure() {
    let record = "{\"text\": \"Officials said the the bridge had reopened on Monday.\"}\n".repeat(20_000);
    let mut child = ungarble()
        .args(["check", "--format", "jsonl", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let writer = std::thread::spawn(move || stdin.write_all(record.as_bytes()));
    let mut line = String::new();
    let mut out = BufReader::new(child.stdout.take().unwrap());
    out.read_line(&mut line).unwrap();
    drop(out);
    let status = child.wait().unwrap();
    let mut complaint = String::new();
    child.stderr.take().unwrap().read_to_string(&mut complaint).unwrap();
    let _ = writer.join().unwrap();
    assert!(line.contains("doubled-word"), "{line}");
    assert_eq!((status.code(), complaint.as_str()), (Some(0), ""));
}

#[test]
fn standard_input_is_told_by_its_content() {
    let (code, out, _) =
        check_stdin(&["--format", "jsonl"], b"{\"id\":\"a\",\"text\":\"One word.\"}\n{\"id\":\"b\",\"text\":\"Two words.\"}\n");
    assert_eq!((code, out.lines().count()), (Some(0), 2));
    let (code, out, _) = check_stdin(&["--format", "jsonl", "-"], b"{curly} text, and no record.\n");
    assert_eq!((code, out.lines().count()), (Some(0), 1));
}

#[test]
fn records_come_back_in_order_on_any_number_of_threads() {
    let input: String = (0..3000).map(|n| format!("{{\"id\":\"{n}\",\"text\":\"Record {n} says the the same, number {n}.\"}}\n")).collect();
    let (_, one, _) = check_stdin(&["--format", "jsonl", "--threads", "1"], input.as_bytes());
    let (_, many, _) = check_stdin(&["--format", "jsonl", "--threads", "5"], input.as_bytes());
    assert_eq!(one.lines().count(), 3000);
    assert_eq!(one, many);
}

#[test]
fn utf_16_records_are_refused_with_a_reason() {
    let bytes: Vec<u8> = "\u{FEFF}{\"text\":\"One.\"}\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let (code, _, complaint) = check_stdin(&["--input-type", "jsonl"], &bytes);
    assert_eq!(code, Some(2));
    assert!(complaint.contains("UTF-16"), "{complaint}");
}

#[cfg(unix)]
#[test]
fn a_folder_that_holds_itself_is_walked_once() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("a.txt"), "Officials said the the bridge had reopened.\n").unwrap();
    std::os::unix::fs::symlink(folder.path(), folder.path().join("again")).unwrap();
    let output = ungarble().args(["check", "--format", "jsonl"]).arg(folder.path()).output().unwrap();
    assert_eq!((output.status.code(), String::from_utf8(output.stdout).unwrap().lines().count()), (Some(1), 1));
}

#[cfg(unix)]
#[test]
fn an_unreadable_folder_does_not_hide_the_others() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = tempfile::tempdir().unwrap();
    let locked = folder.path().join("locked.txt");
    std::fs::write(&locked, "x").unwrap();
    std::fs::set_permissions(&locked, std::fs::Permissions::from_mode(0o000)).unwrap();
    if std::fs::read(&locked).is_ok() {
        // Root reads everything: no file can be made unreadable here, and a missing one is tested in tests/cli.
        return;
    }
    std::fs::write(folder.path().join("open.txt"), "Officials said the the bridge had reopened.\n").unwrap();
    let output = ungarble().args(["check", "--format", "jsonl"]).arg(folder.path()).output().unwrap();
    let out = String::from_utf8(output.stdout).unwrap();
    assert_eq!((output.status.code(), out.lines().count()), (Some(2), 2));
    assert!(out.contains("ermission denied"), "{out}");
}
