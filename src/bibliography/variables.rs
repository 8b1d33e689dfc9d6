//! The variables of an entry: a handful of values, each under the name that CSL gives it.

/// Values by name, in the order of their names. An entry has few: they lie side by side.
#[derive(Debug, Clone, PartialEq)]
pub struct Variables<T>(Vec<(&'static str, T)>);

impl<T> Default for Variables<T> {
    fn default() -> Variables<T> {
        Variables(Vec::new())
    }
}

impl<T> Variables<T> {
    fn place(&self, name: &str) -> Result<usize, usize> {
        self.0.binary_search_by_key(&name, |(known, _)| known)
    }

    /// The value of `name`.
    pub fn get(&self, name: &str) -> Option<&T> {
        Some(&self.0[self.place(name).ok()?].1)
    }

    /// Whether `name` has a value.
    pub fn contains_key(&self, name: &str) -> bool {
        self.place(name).is_ok()
    }

    /// Gives `name` a value in the place of the one that it had.
    pub fn insert(&mut self, name: &'static str, value: T) {
        match self.place(name) {
            Ok(place) => self.0[place].1 = value,
            Err(place) => self.0.insert(place, (name, value)),
        }
    }

    /// Names with their values.
    pub fn iter(&self) -> impl Iterator<Item = (&'static str, &T)> {
        self.0.iter().map(|(name, value)| (*name, value))
    }

    /// The values.
    pub fn values(&self) -> impl Iterator<Item = &T> {
        self.0.iter().map(|(_, value)| value)
    }

    /// Gives back what room was taken in advance.
    pub(super) fn shrink(&mut self) {
        self.0.shrink_to_fit();
    }
}

impl<T> FromIterator<(&'static str, T)> for Variables<T> {
    fn from_iter<I: IntoIterator<Item = (&'static str, T)>>(values: I) -> Variables<T> {
        let mut variables = Variables::default();
        values.into_iter().for_each(|(name, value)| variables.insert(name, value));
        variables
    }
}
