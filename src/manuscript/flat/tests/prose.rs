//! Running text: what is a mark and what is only a number.

use super::*;

/// Numbers of every kind round the marks of notes; the series begins at 41.
const NUMBERS: &str = "\
The harbour ministry published its first plan in 2019.{41} Its budget rose from $5 million in 2012 to $140 million in 2018,{42} or by 71%{43} of the sum of 1,000,500 that was asked for. Of 180 towns, 158 took part; the 17th refused.

Between 2003–05 and again in 2016{44} (see Article 21, Table 3 and Chapter 1), the rate stood at 3.5 per cent, at 10:30 in the morning, on 12.10.2017 and 1/2/2018. Under COVID-19 the 3G/4G towers, the G20 and CO2 targets and flight MH17 were named in A/HRC/29/25, in CCPR/C/GC/34 and at https://example.org/a.12/b43.{45} A pool of 25 m² was built.

The court gave 15 days, then 8–9 months, under Article 9(3){46} and Article 1947 of the code; ‘nobody asked’,{48} said the clerk. (The file is no. 44, p. 45, vol.12.){49} In 1991, the wall fell.{50} It was rebuilt in the 1990s{51} and (in part) in the 2000s.

The UDHR{52} and the ICCPR{53} apply; so does “the old law”.{54} Is that so?{55} It is!{56} The end – for now – came in 2019{57}";

#[test]
fn years_decimals_times_and_sums_are_no_marks() {
    let numbers = NUMBERS.replace("Article 1947", "Article 19{47}");
    let read = comes_back(&numbers, glued);
    assert!(read.text.contains("start:\n  note: 41"), "{}", read.text);
}

#[test]
fn raised_figures_are_marks_and_powers_are_not() {
    let numbers = NUMBERS.replace("Article 1947", "Article 19{47}");
    comes_back(&numbers, raised);
    comes_back(&numbers, |number| format!("[{number}]"));
    comes_back(&numbers, |number| format!("^{number}^"));
    comes_back(&numbers, |number| format!("<sup>{number}</sup>"));
}

#[test]
fn brackets_may_stand_apart() {
    let text = "The port was closed{1}. The guards left{2}, and the boats (all 12 of them) stayed{3}. In [2019] nobody came{4}.";
    comes_back(text, |number| format!("[{number}]"));
    comes_back(text, |number| format!("({number})"));
    let read = from_text(flattened(text, |number| format!(" [{number}]")).as_bytes());
    assert_eq!(marks(&read.text), expected(text));
}

#[test]
fn two_marks_side_by_side() {
    let text = "The port was closed.{7} The guards left in 2019,{8} the boats after them.{9} The mayor said ‘never’.";
    comes_back(text, glued);
    // As printed, and the marks that are meant.
    for (printed, labels) in [
        (
            "Closed in May.7 Left.8 Sold.9,10 Burnt.11 Gone.12",
            &["7", "8", "9", "10", "11", "12"][..],
        ),
        ("Closed in May.8 Left.910 Burnt.11 Gone.12 Lost.13", &["8", "9", "10", "11", "12", "13"]),
        (
            "Closed in May.7 Left.8 Sold.9–11 Burnt.12 Gone.13",
            &["7", "8", "9", "10", "11", "12", "13"],
        ),
        (
            "Closed in May.7 Left.8 Sold in 20199,10 then.11 Gone.12",
            &["7", "8", "9", "10", "11", "12"],
        ),
        (
            "Closed in May.10 Left.11 Sold in 20191213 then.14 Gone.15",
            &["10", "11", "12", "13", "14", "15"],
        ),
        ("Closed in May[10]. Left [11, 12]. Sold [13–15].", &["10", "11", "12", "13", "14", "15"]),
    ] {
        let read = from_text(printed.as_bytes());
        let found: Vec<String> = marks(&read.text);
        let found: Vec<&str> = found.iter().filter_map(|mark| mark.rsplit(' ').next()).collect();
        assert_eq!(found, labels, "{printed}\n{}", read.text);
    }
}

#[test]
fn marks_before_and_after_signs() {
    comes_back(
        "The law{1}, as amended{2}; the decree{3}: both say ‘no’{4}. She wrote, ‘It is over.’{5} He said: “Never”.{6} (It was.{7}) «Да»{8} – and so on…{9}",
        glued,
    );
}

#[test]
fn text_without_notes_has_no_marks() {
    for text in [
        "In 2019, 4,000 people met on 12 May at 10:30. Of 36 activists 29 were jailed. Article 21 says so.",
        "COVID-19 and the G7, the G20, CO2, H1N1, MP3, B52 and A4 are not notes. Version 2.0 is from 2018.",
        "Windows 10. Part 2. Chapter 3. The 1990s. No.5, p.6, art.7 and vol.8 and para.9.",
        "1. One\n2. Two\n3. Three\nThe end of 12.5 and 13.5 and 14.5.",
        "9",
    ] {
        let read = from_text(text.as_bytes());
        assert_eq!(marks(&read.text), Vec::<String>::new(), "{text}");
    }
}

#[test]
fn cyrillic_text() {
    let read = comes_back(
        "Глава 2. Свобода собраний\nПрава человека нарушаются с 2014 г.{12} Согласно ст. 21 Пакта и ч.3 ст.32 Конституции,{13} собрания разрешены. В 2019{14} году задержано 4 000 человек, или 12,5 процента.{15} «Это не так»,{16} – сказал министр. Закон № 244 от 12.10.2018 отменён;{17} COVID-19 ни при чём.{18}",
        glued,
    );
    assert!(read.text.contains("title: Свобода собраний\nnumber: 2\n"), "{}", read.text);
}

#[test]
fn a_lost_mark_leaves_the_others_in_their_places() {
    let read = comes_back("One.{1} Two.{2} Three.{3} Five.{5} Six.{6} Seven.{7}", glued);
    assert!(tells(&read, "note 4 has no mark"));
}

#[test]
fn a_lone_number_out_of_order_is_told_of() {
    let read = comes_back("One.{1} Two.{2} Three.{3} Odd.77 Four.{4} Five.{5}", glued);
    assert!(tells(&read, "out of order") && read.text.contains("Odd.77"), "{:?}", read.guesses);
}

#[test]
fn a_mark_in_brackets_after_a_year() {
    comes_back(
        "Closed in March{1}. Burnt in 2006{2}. Sold{3}, as Article 2019(3) has it.",
        |number| format!("({number})"),
    );
}

#[test]
fn a_mark_between_a_blank_and_a_stop() {
    let text = "The ports were closed.1 The money went to the capital 2. The mayor left,3 and the school closed.4\n\nNotes\n1 The order.\n2 The register.\n3 The gazette.\n4 The log.\n";
    let read = from_text(text.as_bytes());
    assert!(read.text.contains("to the capital[^2]. The mayor"), "{}", read.text);
}
