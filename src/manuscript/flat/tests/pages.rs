//! Pages: headers, footers, broken lines and words, notes at the foot and at the end.

use super::*;

/// Three pages as a PDF gives them.
const PAGES: &str = "\
Harbours and Rights
The State of the Northern Ports 11
3. Closing the harbours
The ministry of harbours announced in the spring of 2018 that the
northern ports would be closed to fishing boats, a measure that fell
on 4,000 families.21 It gave no reasons at first, and later spoke of a
‘temporary’ order for the protection of the well-known break-
waters.22
What the families lost
Every second household lived on the catch. By the end of the year the
number of boats had fallen to 36, and the school at the quay had clo-
21 Ministry of Harbours, Order 12, 3 March 2018.
22 Ibid., p. 4. The breakwaters are described in A. Fisher, The North,
1998, pp. 12–14.
Harbours and Rights
12 The State of the Northern Ports
sed its doors for good.23 The mayor, asked about the well-
known fact, said that ‘nobody had left’.24 In 2019,25 however, his office
sold the quay.
23 Harbour Gazette, 4 May 2019.
24 Interview with the mayor, 7 May 2019.
25 Registry of Land, file 1,204.
Harbours and Rights
The State of the Northern Ports 13
The sale was annulled by a court in 2020.26 By then no boat was left in
the harbour.
26 District Court, judgment of 9 June 2020.
";

#[test]
fn footnotes_headers_and_broken_words_of_pages() {
    let read = from_text(PAGES.as_bytes());
    let text = &read.text;
    let labels: Vec<String> =
        marks(text).iter().filter_map(|m| m.rsplit(' ').next().map(str::to_owned)).collect();
    assert_eq!(labels, ["21", "22", "23", "24", "25", "26"], "{text}");
    for words in [
        "the well-known breakwaters.[^22]",
        "the school at the quay had closed its doors for good.[^23]",
        "about the well-known fact",
        "## What the families lost",
        "[^22]: Ibid., p. 4. The breakwaters are described in A. Fisher, The North, 1998, pp. 12–14.",
        "[^25]: Registry of Land, file 1,204.",
        "[^26]: District Court, judgment of 9 June 2020.",
        "In 2019,[^25] however",
    ] {
        assert!(text.contains(words), "{words}\n{text}\n{:#?}", read.guesses);
    }
    assert!(!text.contains("The State of the Northern Ports 13"), "{text}");
    assert!(tells(&read, "The State of the Northern Ports 13"), "{:#?}", read.guesses);
    assert!(
        tells(&read, "a hyphen at the end of the line taken out: “clo- sed”"),
        "{:#?}",
        read.guesses
    );
}

#[test]
fn pages_with_form_feeds_and_bare_numbers() {
    let page = |number: u32, text: &str| format!("{text}\n\n{number}\n\u{c}");
    let text = [
        page(4, "Closing the harbours\n\nThe ports were closed.1 Nobody was asked, and nobody came to ask what"),
        page(5, "had been done.2 The mayor left.\n\nA second paragraph.3 It ends here."),
        page(6, "The last page says little.4"),
    ]
    .concat();
    let read = from_text(text.as_bytes());
    assert!(
        read.text.contains("nobody came to ask what had been done.[^2] The mayor left."),
        "{}",
        read.text
    );
    assert!(read.text.contains("A second paragraph.[^3] It ends here."), "{}", read.text);
    assert_eq!(read.guesses.iter().filter(|g| g.words.contains("page furniture")).count(), 3);
}

#[test]
fn notes_at_the_end_become_definitions() {
    for form in ["1 ", "1. ", "1) ", "1\t", "[1] ", "1", "¹ "] {
        let digits = |number: u32| match form.chars().next() {
            Some('¹') => form.replace('¹', &raised(number)),
            _ => form.replace('1', &number.to_string()),
        };
        let list: String = [
            "Ministry of Harbours, Order 12, 2018.",
            "A. Fisher, The North, 1998, pp. 12–14.",
            "Interview, 7 May 2019.",
        ]
        .iter()
        .zip(1..)
        .map(|(words, number)| format!("{}{words}\n", digits(number)))
        .collect();
        let text = format!(
            "The ports were closed in March.1 The mayor left in 2019,2 and the school closed.3 That was all.\nEndnotes\n{list}"
        );
        let read = from_text(text.as_bytes());
        for words in [
            "closed in March.[^1]",
            "in 2019,[^2] and",
            "[^1]: Ministry of Harbours, Order 12, 2018.",
            "[^2]: A. Fisher, The North, 1998, pp. 12–14.",
            "[^3]: Interview, 7 May 2019.",
        ] {
            assert!(
                read.text.contains(words),
                "{form:?} {words}\n{}\n{:#?}",
                read.text,
                read.guesses
            );
        }
        assert!(!read.text.contains("Endnotes") && tells(&read, "“Endnotes”"), "{}", read.text);
    }
}

#[test]
fn numbering_that_begins_again() {
    let text = "\
Part one of the story
The port was closed.1 The guards left.2 The boats stayed.3

Notes
1 The order of March.
2 The register of guards.
3 The harbour log.

Part two of the story
The school was closed.1 The teachers left.2

Notes
1 The order of May.
2 The register of teachers.
";
    let read = from_text(text.as_bytes());
    for words in [
        "closed.[^1-1] The guards left.[^1-2]",
        "was closed.[^2-1] The teachers left.[^2-2]",
        "[^1-3]: The harbour log.",
        "[^2-2]: The register of teachers.",
    ] {
        assert!(read.text.contains(words), "{words}\n{}\n{:#?}", read.text, read.guesses);
    }
}

#[test]
fn numbered_paragraphs_are_no_notes() {
    let mut text = String::from("Report of the expert on harbours\n");
    let mut note = 0;
    for paragraph in 1..=14 {
        text.push_str(&format!("{paragraph}. The expert visited harbour {paragraph} in 2018"));
        if paragraph % 2 == 0 {
            note += 1;
            text.push_str(&format!(" and spoke with the guards.{note} They had seen nothing"));
        }
        text.push_str(
            " and returned in the winter of the same year to see what had become of it.\n",
        );
    }
    let read = from_text(text.as_bytes());
    assert_eq!(marks(&read.text).len(), 7, "{}", read.text);
    assert!(read.text.contains("13. The expert visited harbour 13"), "{}", read.text);
    assert!(read.text.contains("[^7]: {.to-do} To be written"), "{}", read.text);
}

#[test]
fn marks_with_a_blank_before_them_are_found_where_their_texts_are() {
    let text = "The ports were closed in March. 1 The mayor left in the summer. 2 Then the school closed. 3\n\nNotes\n1 The order.\n2 The register.\n3 The gazette.\n";
    let read = from_text(text.as_bytes());
    assert!(
        read.text.contains(
            "in March.[^1] The mayor left in the summer.[^2] Then the school closed.[^3]"
        ),
        "{}",
        read.text
    );
}

#[test]
fn lines_of_mail_are_joined() {
    let text = "\
The ministry of harbours announced in the spring of 2018 that the
northern ports would be closed to fishing boats, a measure that
fell on four thousand families.1 It gave no reasons at first.

The second paragraph begins here and is as long as the first one,
so that it has to be broken too, which is what mail programs do.2
";
    let read = from_text(text.as_bytes());
    assert!(read.text.contains("that the northern ports would be closed"), "{}", read.text);
    assert!(read.text.contains("at first.\n\nThe second paragraph"), "{}", read.text);
}

#[test]
fn a_mark_that_the_end_of_a_line_breaks_off() {
    let lines = [
        "The ministry of harbours announced in the spring of 2018 that the",
        "northern ports would be closed,1 that the boats would be burnt,",
        "2 and that nobody would be paid for a thing.3 It gave no reasons, 4",
        "nor did anybody ask.5 In the end the ports were sold to a company",
        "that nobody had heard of before the summer of the same year.6",
        "Notes",
        "1 Order.",
        "2 Register.",
        "3 Gazette.",
        "4 Letter.",
        "5 Log.",
        "6 Deed.",
    ];
    let read = from_text(lines.join("\n").as_bytes());
    for words in ["would be burnt,[^2] and that", "no reasons,[^4] nor did", "[^4]: Letter."] {
        assert!(read.text.contains(words), "{words}\n{}", read.text);
    }
}

#[test]
fn numbers_that_stand_alone_before_or_below_their_texts() {
    let text = "\
The ministry of harbours announced in the spring of 2018 that the
northern ports would be closed.1 It gave no reasons.2 The boats were
burnt in a yard behind the customs house,3 and those who asked were
1

The order of the ministry, 3 March 2018.

2

Letter of the mayor.

The log of the harbour, which was found in the customs house when it
was sold.
3

sent home with nothing.4 In the end the ports were sold to a company
that nobody had heard of before the summer of the same year.
4

The deed.
";
    let read = from_text(text.as_bytes());
    for words in [
        "and those who asked were sent home with nothing.[^4] In the end",
        "[^1]: The order of the ministry, 3 March 2018.\n",
        "[^2]: Letter of the mayor.\n",
        "[^3]: The log of the harbour, which was found in the customs house when it was sold.\n",
        "[^4]: The deed.\n",
    ] {
        assert!(read.text.contains(words), "{words}\n{}\n{:#?}", read.text, read.guesses);
    }
}

#[test]
fn numbered_paragraphs_are_not_the_texts_of_notes() {
    let mut text = String::from("The register of ports\n\n");
    for paragraph in 1..=12 {
        text.push_str(&format!(
            "{paragraph}. In harbour {paragraph} the clerk had kept a list of every boat that\n\
             came in and went out since the spring,{paragraph} and the guards had a second one\n\
             which nobody had been shown before the harbour was closed.\n\n"
        ));
        if paragraph % 4 == 0 {
            text.push_str("_______________\n");
            for note in paragraph - 3..=paragraph {
                text.push_str(&format!("   {note}   Register of harbour {note}, leaf 3.\n"));
            }
            text.push_str(&format!("{} GE.19-01234\u{c}A/HRC/40/60\n", paragraph / 4 + 1));
        }
    }
    let read = from_text(text.as_bytes());
    assert_eq!(marks(&read.text).len(), 12, "{}", read.text);
    for note in 1..=12 {
        let words = format!("[^{note}]: Register of harbour {note}, leaf 3.\n");
        assert!(read.text.contains(&words), "{words}{}", read.text);
    }
    assert!(read.text.contains("12. In harbour 12 the clerk"), "{}", read.text);
    let furniture = ["GE.19-01234", "A/HRC/40/60"];
    assert!(!furniture.iter().any(|words| read.text.contains(words)), "{}", read.text);
    assert!(furniture.iter().all(|words| tells(&read, words)), "{:#?}", read.guesses);
}

#[test]
fn lists_of_notes_under_the_titles_of_their_chapters() {
    let text = "\
I. The port
The port was closed.1 The guards left.2 The boats stayed.3
II. The school
The school was closed.1 The teachers left.2

Endnotes

I. The port
1. The order of March.
2. The register of guards.
3. The harbour log.

II. The school
1. The order of May.
2. The register of teachers.
";
    let read = from_text(text.as_bytes());
    let (body, notes) = read.text.split_once("[^1-1]: ").expect("the texts stand at the end");
    assert!(!body.contains("Endnotes") && tells(&read, "“Endnotes”"), "{}", read.text);
    assert_eq!(body.matches("II. The school").count(), 1, "{}", read.text);
    assert!(notes.contains("[^2-2]: The register of teachers."), "{}", read.text);
}

#[test]
fn notes_that_begin_alike_are_no_page_headers() {
    let mut text = String::from("The register of ports\n");
    for page in 0..4 {
        for line in 1..=12 {
            let note = page * 12 + line;
            text.push_str(&format!(
                "The clerk of harbour {note} went to the yard again in spring,{note}\n"
            ));
        }
        text.push_str("and then there was nothing left to do in the yard, nor in the town.\n");
        for line in 1..=12 {
            let note = page * 12 + line;
            match note % 2 {
                0 => text.push_str(&format!(
                    "{note} J. Harrow, The Yard (Oxford: Quay Press,\n2016), p. {}.\n",
                    300 - note
                )),
                _ => text.push_str(&format!("{note} Letter of the mayor, no. {}.\n", 100 - note)),
            }
        }
    }
    let read = from_text(text.as_bytes());
    assert_eq!(read.text.matches("J. Harrow").count(), 24, "{}\n{:#?}", read.text, read.guesses);
    assert_eq!(read.text.matches("\n[^").count(), 48, "{}", read.text);
}

#[test]
fn a_page_may_end_before_a_name() {
    let text = "\
Title of the report on ports
The ministry of harbours announced in the spring of 2018 that the boats
would be closed,1 that all of it was in the hands of the firm of Amnesty
\u{c}International and that nobody would be paid for it,2 as the law has it.
The mayor said that he had heard of nothing and would not ask anybody
about it before the summer.3
1 The order of the ministry, which was printed in the gazette of March.
2 The letter.
3 The gazette.
";
    let read = from_text(text.as_bytes());
    assert!(read.text.contains("the firm of Amnesty International and"), "{}", read.text);
}

#[test]
fn a_text_may_end_in_a_number_on_a_line_of_its_own() {
    let text = "\
The ministry of harbours announced in the spring of 2018 that the
northern ports would be closed.1 It gave no reasons.2 The boats were
burnt in a yard behind the customs house,3 and those who asked were

J. Harrow, The Yard and what became of it (Oxford: Quay Press, 2016), p.
154.
1

2

The letter of the mayor, which was never answered by the ministry, p. 7.

sent home with nothing, as they had been in the years before that.
3

The log of the harbour, which was found in the customs house when it
was sold.
";
    let read = from_text(text.as_bytes());
    for words in [
        "[^1]: J. Harrow, The Yard and what became of it (Oxford: Quay Press, 2016), p. 154.",
        "[^2]: The letter of the mayor,",
    ] {
        assert!(read.text.contains(words), "{words}\n{}\n{:#?}", read.text, read.guesses);
    }
}

#[test]
fn marks_that_are_signs() {
    let text = "\
The harbours of the north
The port was closed in March.* The guards left,† and the *boats* stayed. It rose by 5 * 4.
* The order of the ministry.
† Letter of the mayor.
The school was closed‡. That was all.
Things to do:
* open the port
* pay
";
    let read = from_text(text.as_bytes());
    for words in [
        "in March.[^sign-1] The guards left,[^sign-2] and",
        "was closed‡. That",
        "- open the port\n- pay\n",
        "[^sign-1]: The order of the ministry.",
        "[^sign-2]: Letter of the mayor.",
    ] {
        assert!(read.text.contains(words), "{words}\n{}\n{:#?}", read.text, read.guesses);
    }
}

#[test]
fn texts_in_a_list_that_has_lost_its_numbers() {
    for sign in ["", "^ ", "↑ "] {
        let text = format!(
            "The harbours of the north\nThe port was closed.[1] The guards left.[2] The boats stayed.[3] A third of them burnt.[2]\nReferences\n{sign}Order of March, p. 3.\n{sign}A clerk, in a letter.\n{sign}Log.\n"
        );
        let read = from_text(text.as_bytes());
        for words in ["[^1]: Order of March, p. 3.", "[^2]: A clerk, in a letter.", "[^3]: Log."] {
            assert!(read.text.contains(words), "{words}\n{}\n{:#?}", read.text, read.guesses);
        }
        assert!(!read.text.contains("References"), "{}", read.text);
    }
    let read = from_text(b"The port was closed.[1] The guards left.[2] The boats stayed.[3]\nNotes\nOne text.\nAnother text.\n");
    assert!(
        read.text.contains("Another text.\n\n[^1]: {.to-do}"),
        "two are not three: {}",
        read.text
    );
}
