use super::*;
use crate::bibliography::{self, Bibliography, Entry, export};
use crate::diagnostic::{Severity, is_inside};
use crate::source::File;
use proptest::prelude::*;

mod forms;
mod random;

/// Reads `text` as if it stood in a file.
fn parse(form: Form, text: &str) -> (Vec<Entry>, Vec<String>) {
    let mut sources = Sources::default();
    let file = sources.add(File::decode("refs", text.as_bytes()));
    let (entries, found) = read(&sources, file, form);
    assert!(found.iter().all(|d| is_inside(&sources, d.span)), "{found:?}");
    let line = |d: &Diagnostic| {
        let place = sources.file(d.span.file).place(d.span.start);
        format!("{}:{} {} {}", place.line, place.column, d.code.name, d.message)
    };
    (entries, found.iter().map(line).collect())
}

fn own(text: &str) -> Bibliography {
    let mut sources = Sources::default();
    let file = sources.add_text("citations.yaml", text);
    bibliography::read(&sources, file, "en", &mut Vec::new())
}

/// Writes an entry in a form.
fn written(form: Form, entry: &Entry) -> String {
    match form {
        Form::Bibtex => export::bibtex(&[entry]),
        Form::Ris => export::ris(&[entry]),
        Form::CslJson => export::csl_json(&[entry]),
        Form::Yaml => entry_text(entry, ""),
    }
}

fn assert_back(form: Form, entry: &Entry) -> Result<(), TestCaseError> {
    let text = written(form, entry);
    let (entries, found) = parse(form, &text);
    prop_assert_eq!(entries.len(), 1, "{} {:?}", &text, &found);
    prop_assert!(found.is_empty(), "{} {:?}", &text, &found);
    let both = (differences(&entries[0], entry), differences(entry, &entries[0]));
    prop_assert!(
        is_same(&entries[0], entry),
        "{:?}\n{}\n{:#?}",
        both,
        &text,
        entries[0].to_csl_json()
    );
    prop_assert_eq!(&entries[0].key, &entry.key);
    prop_assert_eq!(written(form, &entries[0]), text);
    Ok(())
}

/// Whatever was read can be written, and is then read as it is.
fn assert_writable(form: Form, text: &str) -> Result<(), TestCaseError> {
    let merged = merge(&Bibliography::default(), b"", parse(form, text).0);
    let lost = merged.diagnostics.iter().filter(|found| found.severity == Severity::Error);
    prop_assert!(!merged.is_refused, "{}", text);
    prop_assert_eq!(lost.map(|found| &found.message).collect::<Vec<_>>(), Vec::<&String>::new());
    Ok(())
}

proptest! {
    #[test]
    fn bibtex_gives_back_what_it_was_given(entry in random::entry()) {
        assert_back(Form::Bibtex, &entry)?;
    }

    #[test]
    fn ris_gives_back_what_it_was_given(entry in random::entry()) {
        assert_back(Form::Ris, &entry)?;
    }

    #[test]
    fn csl_json_gives_back_what_it_was_given(entry in random::entry()) {
        assert_back(Form::CslJson, &entry)?;
    }

    #[test]
    fn our_own_yaml_gives_back_what_it_was_given(entry in random::entry()) {
        let read = own(&entry_text(&entry, ""));
        prop_assert_eq!(read.entries.len(), 1);
        let both = (differences(&read.entries[0], &entry), differences(&entry, &read.entries[0]));
        prop_assert!(is_same(&read.entries[0], &entry), "{:?}\n{}", both, entry_text(&entry, ""));
    }

    #[test]
    fn what_was_imported_is_not_imported_again(
        entries in proptest::collection::vec(random::entry(), 0..6),
        old in "(# a comment\r?\n)?(x: \\{title: Y\\}\r?\n)?(  \n)?(z:\n  title: Z)?",
    ) {
        let once = merge(&own(&old), old.as_bytes(), entries.clone());
        prop_assert!(!once.is_refused);
        prop_assert!(once.bytes.starts_with(old.as_bytes()));
        let text = String::from_utf8(once.bytes).expect("what is written is UTF-8");
        let twice = merge(&own(&text), text.as_bytes(), entries);
        prop_assert_eq!(String::from_utf8(twice.bytes).expect("UTF-8"), text);
    }

    #[test]
    fn any_bibtex_is_read(text in "(@[a-z]{1,6}[{(]|k,|[a-z]{1,4} ?= ?|[{}\"',#\\\\~$%@&*<>=-]|author|and|title|\\\\[a-z'\"]{1,3}|[ \nа-яa-z0-9]){0,60}") {
        assert_writable(Form::Bibtex, &text)?;
    }

    #[test]
    fn any_ris_is_read(text in "(TY  - |ER  - |AU  - |PY  - |DA  - |N1  - |SP  - |[A-Z][A-Z0-9] ?- ?|[/,:{}\\[\\]\n\rа-яa-zA-Z0-9 ]){0,60}") {
        assert_writable(Form::Ris, &text)?;
    }

    #[test]
    fn any_json_is_read(text in "([\\[\\]{},:\"\\\\]|\"(id|type|title|author|issued|family|note|date-parts|items)\":|\"[a-zж:]{0,8}\"|[0-9]{1,4}|null|true| |\n){0,60}") {
        assert_writable(Form::CslJson, &text)?;
    }

    #[test]
    fn any_yaml_is_read(text in "(references:|- |id: |  |\n|parent:|type: |title|author|url|date|serial-number|value|[\\[\\]{},:'\"#&*~]|[a-zж0-9]){0,60}") {
        assert_writable(Form::Yaml, &text)?;
    }

    #[test]
    fn any_item_is_read(item in random::item()) {
        assert_writable(Form::CslJson, &serde_json::json!([item]).to_string())?;
    }
}
