//! Every code has a page worth reading: its title, an example of the fault and of its mending,
//! what to do, and how to set its level.

use rapporteur::diagnostic::CODES;

#[test]
fn every_page_says_what_why_and_what_to_do() {
    for code in CODES {
        let (name, page) = (code.name, code.page);
        assert!(page.starts_with(&format!("# {name}\n\n")), "{name}: title");
        for heading in ["\n## Example\n", "\n## What to do\n", "\n## In `[checks]`\n"] {
            assert_eq!(page.matches(heading).count(), 1, "{name}: {heading}");
        }
        let fences = page.lines().filter(|line| line.starts_with("```")).count();
        assert!(fences >= 6 && fences % 2 == 0, "{name}: {fences} fences");
        let level = page.rsplit_once(&format!("[checks]\n{name} = ")).expect(name).1;
        let level = level.lines().next().expect(name);
        assert!(["\"off\"", "\"hint\"", "\"warning\""].contains(&level), "{name}: {level}");
        let words =
            page.split_whitespace().filter(|word| word.contains(char::is_alphabetic)).count();
        assert!((110..=230).contains(&words), "{name}: {words} words");
        assert!(page.ends_with("```\n"), "{name}: end");
    }
}
