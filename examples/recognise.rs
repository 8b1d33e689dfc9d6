use rapporteur::law::*;
use std::io::Read;
fn main() {
    let mut all = String::new();
    std::io::stdin().read_to_string(&mut all).unwrap();
    let law = Law::new(Vec::new(), Some("2019-11-22"), Some("KZ"));
    let chapter = std::env::args().nth(1).as_deref() == Some("chapter");
    let mut scope = Scope::new();
    for line in all.lines().filter(|l| !l.trim().is_empty()) {
        if !chapter {
            scope = Scope::new();
        }
        let mut line = line;
        if let Some(rest) = line.strip_prefix('{') {
            let (given, text) = rest.split_once('}').unwrap();
            for id in given.split(',') {
                if id == "note" {
                    scope.allow_bare_numbers(true)
                } else {
                    scope.introduce(&law, id.trim())
                }
            }
            line = text.trim();
        }
        scope.start_paragraph();
        let read = read(&law, &mut scope, line, &[]);
        if chapter && read.findings.is_empty() {
            continue;
        }
        println!("{}", line);
        for f in &read.findings {
            let w: Vec<String> =
                f.warnings.iter().map(|w| format!("{w:?}").chars().take(60).collect()).collect();
            println!(
                "    {}:{}{} [{}] {} name={:?} {} {}",
                f.instrument.as_deref().unwrap_or("?"),
                f.article,
                f.pinpoint,
                &line[f.number_span.clone()],
                f.via.name(),
                f.name_span.clone().map(|s| &line[s]),
                if f.implied { "implied" } else { "" },
                w.join("; ")
            );
        }
    }
}
