use super::*;
#[test]
fn builtin_loads() {
    Theme::builtin();
}
