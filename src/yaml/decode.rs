//! The tree into Rust values through serde, with the place of the value that does not fit.
//!
//! Plain scalars are typed by `serde_yaml` and only where a type asks for it: a `String` field
//! gets `012` as it was typed, an integer field gets 12.

use super::{Node, Value};
use crate::source::Span;
use serde::de::value::{MapAccessDeserializer, SeqAccessDeserializer, StrDeserializer};
use serde::de::{self, DeserializeOwned, DeserializeSeed, Deserializer, IntoDeserializer, Visitor};
use std::fmt;

/// Reads `node` as a `T`; an error has the place of the value that does not fit.
pub fn decode<T: DeserializeOwned>(node: &Node) -> Result<T, (Span, String)> {
    T::deserialize(Source(node)).map_err(|error| (error.span.unwrap_or(node.span), error.words))
}

/// The tree as a `serde_yaml` value, plain scalars typed by YAML's rules.
pub fn to_serde(node: &Node) -> serde_yaml::Value {
    match &node.value {
        Value::Null => serde_yaml::Value::Null,
        Value::Scalar { text, quoted: true } => serde_yaml::Value::String(text.clone()),
        Value::Scalar { text, quoted: false } => typed(text),
        Value::List(items) => items.iter().map(to_serde).collect(),
        Value::Map(pairs) => {
            let mut map = serde_yaml::Mapping::new();
            for (key, value) in pairs {
                // A key is a name, whatever it looks like.
                let name = key.as_text().map_or_else(|| to_serde(key), |text| text.into());
                map.entry(name).or_insert_with(|| to_serde(value));
            }
            serde_yaml::Value::Mapping(map)
        }
    }
}

/// A plain scalar as number, truth value or text.
fn typed(text: &str) -> serde_yaml::Value {
    use serde_yaml::Value as V;
    // Numbers and truth values begin with few letters; asking YAML costs more than looking.
    let word = text.len() <= 40
        && text.starts_with(|c: char| c.is_ascii_digit() || "+-.tTfF".contains(c))
        && !text.contains([':', '#', '\n', '[', '{', '&', '*', '!']);
    match if word { serde_yaml::from_str(text) } else { Ok(V::Null) } {
        Ok(value @ (V::Bool(_) | V::Number(_))) => value,
        _ => V::String(text.to_string()),
    }
}

/// What did not fit, and where if that is known already.
#[derive(Debug)]
struct Misfit {
    span: Option<Span>,
    words: String,
}

impl fmt::Display for Misfit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.words)
    }
}

impl std::error::Error for Misfit {}

impl de::Error for Misfit {
    fn custom<T: fmt::Display>(words: T) -> Misfit {
        Misfit { span: None, words: words.to_string() }
    }
}

fn at<T>(span: Span, result: Result<T, Misfit>) -> Result<T, Misfit> {
    result.map_err(|error| Misfit { span: error.span.or(Some(span)), ..error })
}

/// A node as a source of serde data.
struct Source<'n>(&'n Node);

impl<'n> Source<'n> {
    fn scalar<'de, V: Visitor<'de>>(
        self,
        visitor: V,
        text: &str,
        quoted: bool,
    ) -> Result<V::Value, Misfit> {
        use serde_yaml::Value as V;
        match if quoted { V::Null } else { typed(text) } {
            V::Bool(value) => visitor.visit_bool(value),
            V::Number(number) => match (number.as_u64(), number.as_i64(), number.as_f64()) {
                (Some(value), ..) => visitor.visit_u64(value),
                (_, Some(value), _) => visitor.visit_i64(value),
                (.., value) => visitor.visit_f64(value.unwrap_or(f64::NAN)),
            },
            _ => visitor.visit_str(text),
        }
    }

    fn text<'de, V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misfit> {
        let span = self.0.span;
        match &self.0.value {
            Value::Scalar { text, .. } => at(span, visitor.visit_str(text)),
            _ => self.deserialize_any(visitor),
        }
    }
}

impl<'de> Deserializer<'de> for Source<'_> {
    type Error = Misfit;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misfit> {
        let span = self.0.span;
        let result = match &self.0.value {
            Value::Null => visitor.visit_unit(),
            Value::Scalar { text, quoted } => self.scalar(visitor, text, *quoted),
            Value::List(items) => visitor.visit_seq(Items(items.iter())),
            Value::Map(pairs) => visitor.visit_map(Pairs { pairs: pairs.iter(), value: None }),
        };
        at(span, result)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misfit> {
        if self.0.is_null() { visitor.visit_none() } else { visitor.visit_some(self) }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        visitor: V,
    ) -> Result<V::Value, Misfit> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Misfit> {
        let span = self.0.span;
        let result = match &self.0.value {
            Value::Scalar { text, .. } => {
                let text: StrDeserializer<'_, Misfit> = text.as_str().into_deserializer();
                text.deserialize_enum(name, variants, visitor)
            }
            Value::Map(pairs) => {
                let access = Pairs { pairs: pairs.iter(), value: None };
                MapAccessDeserializer::new(access).deserialize_enum(name, variants, visitor)
            }
            Value::List(items) => {
                SeqAccessDeserializer::new(Items(items.iter())).deserialize_any(visitor)
            }
            Value::Null => visitor.visit_unit(),
        };
        at(span, result)
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misfit> {
        self.text(visitor)
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misfit> {
        self.text(visitor)
    }

    fn deserialize_char<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misfit> {
        self.text(visitor)
    }

    fn deserialize_identifier<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misfit> {
        self.text(visitor)
    }

    serde::forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 bytes byte_buf unit unit_struct
        seq tuple tuple_struct map struct ignored_any
    }
}

/// The items of a list.
struct Items<'n>(std::slice::Iter<'n, Node>);

impl<'de> de::SeqAccess<'de> for Items<'_> {
    type Error = Misfit;

    fn next_element_seed<T: DeserializeSeed<'de>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, Misfit> {
        self.0.next().map(|item| at(item.span, seed.deserialize(Source(item)))).transpose()
    }
}

/// The pairs of a map.
struct Pairs<'n> {
    pairs: std::slice::Iter<'n, (Node, Node)>,
    value: Option<&'n Node>,
}

impl<'de> de::MapAccess<'de> for Pairs<'_> {
    type Error = Misfit;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, Misfit> {
        let Some((key, value)) = self.pairs.next() else { return Ok(None) };
        self.value = Some(value);
        at(key.span, seed.deserialize(Source(key))).map(Some)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Misfit> {
        match self.value.take() {
            Some(value) => at(value.span, seed.deserialize(Source(value))),
            None => Err(de::Error::custom("a value without a key")),
        }
    }
}
