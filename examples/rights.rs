use rapporteur::law::*;
use std::io::Read;
fn main() {
    let mut all = String::new();
    std::io::stdin().read_to_string(&mut all).unwrap();
    let law = Law::new(Vec::new(), Some("2019-11-22"), Some("KZ"));
    for line in all.lines().filter(|l| !l.trim().is_empty()) {
        for s in line.split_inclusive(". ") {
            let r = read(&law, &mut Scope::new(), s, &[]);
            let m: Vec<_> = r.names.iter().map(|n| n.span.clone()).collect();
            let c: Vec<_> = rights_claimed(s, &m).iter().map(|r| r.id.as_str()).collect();
            if !c.is_empty() {
                println!(
                    "{} {:?} {:?} {}",
                    r.findings.len(),
                    c,
                    claim_verb(s),
                    &s[..s.char_indices().nth(90).map_or(s.len(), |x| x.0)]
                );
            }
        }
    }
}
