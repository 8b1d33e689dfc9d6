//! Headings, boxes, quotations, lists, tables; and that nothing is lost.

use super::*;

const CHAPTER: &str = "\
Chapter 5: Closing the harbours
The northern ports were closed in a year of plenty. This chapter asks who gained by it and who did not.
The ministry of harbours announced in the spring that the northern ports would be closed to fishing boats, a measure that fell on four thousand families who had lived on the catch for as long as anybody could remember.12
Freedom to fish
Boats and nets
Nobody was asked before the boats were taken from the people who had built them
Nobody was asked before the boats were taken from the people who had built them.13 The nets were burnt in a yard behind the customs house.
The yard
It was small.14
Freedom to trade
Trade ended in the summer. Box 3 shows how. The mayor put it in these words:
What was taken was not ours to give, and what was given was not ours to take; and so we stand here with nothing to show for a whole year.15
Box 3: The customs house
It was built in 1911.16
It burnt in 2019.17
What is left
There are three things to do:
• open the ports;
• give the boats back; and
• pay.
The figures are these.
Year\tBoats\tFamilies
2017\t360\t4,000
2018\t36\t1,200
That is all that is known today.18
";

#[test]
fn the_shape_of_a_chapter_is_proposed() {
    let read = from_text(CHAPTER.as_bytes());
    for words in [
        "title: Closing the harbours\nnumber: 5\nsummary: The northern ports were closed in a year of plenty.",
        "start:\n  note: 12\n  box: 3\n",
        "\n## Freedom to fish\n\n### Boats and nets\n\n> [!pullquote]\n> Nobody was asked",
        "\n### The yard\n",
        "\n## Freedom to trade\n",
        "in these words:\n\n> What was taken was not ours",
        "> [!box] The customs house {#box-the-customs-house}\n> It was built in 1911.[^16]\n>\n> It burnt in 2019.[^17]\n",
        "\n## What is left\n",
        "- open the ports;\n- give the boats back; and\n- pay.\n",
        "| Year | Boats | Families |\n| --- | --- | --- |\n| 2017 | 360 | 4,000 |\n| 2018 | 36 | 1,200 |\n",
    ] {
        assert!(read.text.contains(words), "{words}\n---\n{}\n{:#?}", read.text, read.guesses);
    }
    for words in
        ["pull quote", "block quote", "heading of level 3", "box of 2 paragraphs", "table", "list"]
    {
        assert!(tells(&read, words), "{words}");
    }
    assert_eq!(read.text.matches("\n> [!pullquote]").count(), 1);
}

#[test]
fn a_pull_quote_may_tear_a_paragraph_apart() {
    let text = "\
The harbours
The ministry announced in the spring that the northern ports would be closed to all fishing boats, whatever
Nobody was asked before the boats were taken from the people
their size and their home, for a year.1 In fact nobody was asked before the boats were taken from the people.2
";
    let read = from_text(text.as_bytes());
    assert!(read.text.contains("fishing boats, whatever their size"), "{}", read.text);
    assert!(read.text.contains("> [!pullquote]\n> Nobody was asked"), "{}", read.text);
}

#[test]
fn numbered_headings_tell_their_levels() {
    let text = "\
2 Harbours
2.1 Boats
The boats were taken in the spring, all of them, and nobody was asked.1
2.1.1 Nets
The nets were burnt in the summer, all of them, and nobody was asked.2
2.2 People
The people left in the autumn, all of them, and nobody was asked.3
";
    let read = from_text(text.as_bytes());
    for words in ["## 2.1 Boats", "### 2.1.1 Nets", "\n## 2.2 People"] {
        assert!(read.text.contains(words), "{words}\n{}", read.text);
    }
}

#[test]
fn a_table_whose_cells_have_two_blanks_between_them() {
    let text = "\
The harbours of the north
The figures of the ministry are these, and nobody has seen any others since then.1
Year  Boats  Families
2017  360  4,000
2018  36  1,200
That is all that is known today of the boats and the families of the north.2
";
    let read = from_text(text.as_bytes());
    let table = "| Year | Boats | Families |\n| --- | --- | --- |\n| 2017 | 360 | 4,000 |\n";
    assert!(read.text.contains(table), "{}", read.text);
}

/// Letters and figures of a text.
fn letters(text: &str) -> Vec<char> {
    let mut letters: Vec<char> = text.chars().filter(|c| c.is_alphanumeric()).collect();
    letters.sort_unstable();
    letters
}

#[test]
fn no_letter_is_lost() {
    for text in
        [CHAPTER, "Only one line", "1 2 3\n4 5 6\n", "a\tb\nc\td\n", "Box 1\n", "Box 1: Alone"]
    {
        let read = from_text(text.as_bytes());
        let mut all = read.text.replace(|c: char| c.is_ascii_punctuation(), " ");
        for guess in &read.guesses {
            all.push_str(&guess.words);
        }
        let (source, mut found) = (letters(text), letters(&all));
        for letter in source {
            let at = found.iter().position(|known| *known == letter);
            assert!(at.is_some(), "{letter} of {text:?} is lost: {}", read.text);
            at.map(|at| found.remove(at));
        }
    }
}
