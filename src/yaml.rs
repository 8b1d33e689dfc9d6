//! YAML with places: text into a tree in which every key and value knows its span.
