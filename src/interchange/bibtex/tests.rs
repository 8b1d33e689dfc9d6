use super::tex::decoded;

fn text(raw: &str) -> String {
    decoded(raw).0
}

#[test]
fn tex_becomes_text() {
    for (raw, expected) in [
        (
            r#"{\'E}tudes sur l'\'etat, Erd\H{o}s, \"{o}, \v{C}apek, \c c, \~n"#,
            "Études sur l'état, Erdős, ö, Čapek, ç, ñ",
        ),
        (r"{\em Passim} and \emph{more}, \textit{it}", "<i>Passim</i> and *more*, <i>it</i>"),
        (r"{{NASA} at 50\%}", "NASA at 50%"),
        (r"a--b---c ``q'' `s' ~x", "a–b—c “q” ‘s' \u{a0}x"),
        (r"\o \ss{} \textbackslash{}x \alpha", "øß \\x α"),
        (r"H$_2$O, $x^2$, costs $5", "H<sub>2</sub>O, $x^2$, costs $5"),
        ("line\n   two", "line two"),
        (r"\'\i, \foo{bar}", "í, \\foobar"),
        ("a}b{c", "abc"),
    ] {
        assert_eq!(text(raw), expected, "{raw}");
    }
    assert_eq!(decoded(r"\foo{bar}").1, ["foo"]);
}
