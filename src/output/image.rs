//! The size of an image from the head of its file: SVG, PNG, JPEG, GIF, WebP.
//!
//! Read here, in a few lines each, because a page needs nothing else of an image and must not fail
//! on one.

use crate::raster;

/// Width and height in pixels, as they are shown.
pub fn size(bytes: &[u8]) -> Option<(u32, u32)> {
    match bytes {
        [0x89, b'P', b'N', b'G', ..] => Some((be32(bytes, 16)?, be32(bytes, 20)?)),
        [b'G', b'I', b'F', b'8', ..] => Some((le16(bytes, 6)?, le16(bytes, 8)?)),
        [0xFF, 0xD8, ..] => jpeg(bytes).map(|(width, height)| match raster::is_turned(bytes) {
            true => (height, width),
            false => (width, height),
        }),
        [b'R', b'I', b'F', b'F', ..] => webp(bytes),
        _ => svg(std::str::from_utf8(bytes).ok()?),
    }
    .filter(|(width, height)| *width > 0 && *height > 0)
}

fn be32(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_be_bytes(bytes.get(at..at + 4)?.try_into().ok()?))
}

fn be16(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from(u16::from_be_bytes(bytes.get(at..at + 2)?.try_into().ok()?)))
}

fn le16(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from(u16::from_le_bytes(bytes.get(at..at + 2)?.try_into().ok()?)))
}

/// Walks the segments of a JPEG to the one that begins a frame.
fn jpeg(bytes: &[u8]) -> Option<(u32, u32)> {
    let mut at = 2;
    loop {
        let marker = *bytes.get(at + 1)?;
        let length = be16(bytes, at + 2)? as usize;
        if matches!(marker, 0xC0..=0xCF) && !matches!(marker, 0xC4 | 0xC8 | 0xCC) {
            return Some((be16(bytes, at + 7)?, be16(bytes, at + 5)?));
        }
        at += 2 + length.max(2);
    }
}

fn webp(bytes: &[u8]) -> Option<(u32, u32)> {
    match bytes.get(12..16)? {
        b"VP8X" => {
            let three = |at: usize| {
                let b = bytes.get(at..at + 3)?;
                Some(u32::from(b[0]) | u32::from(b[1]) << 8 | u32::from(b[2]) << 16)
            };
            Some((three(24)? + 1, three(27)? + 1))
        }
        b"VP8 " => Some((le16(bytes, 26)? & 0x3FFF, le16(bytes, 28)? & 0x3FFF)),
        b"VP8L" => {
            let bits = u32::from_le_bytes(bytes.get(21..25)?.try_into().ok()?);
            Some(((bits & 0x3FFF) + 1, ((bits >> 14) & 0x3FFF) + 1))
        }
        _ => None,
    }
}

/// `width` and `height` of the root element, else its `viewBox`.
fn svg(text: &str) -> Option<(u32, u32)> {
    let start = text.find("<svg")?;
    let tag = &text[start..start + text[start..].find('>')?];
    let attribute = |name: &str| {
        let at = tag.find(&format!(" {name}=\""))? + name.len() + 3;
        Some(&tag[at..at + tag[at..].find('"')?])
    };
    let pixels = |value: &str| {
        let number = value.trim_end_matches("px").trim().parse::<f64>().ok()?;
        Some(number.round() as u32)
    };
    let own = attribute("width").and_then(pixels).zip(attribute("height").and_then(pixels));
    own.or_else(|| {
        let values: Vec<u32> = attribute("viewBox")?
            .split([' ', ','])
            .filter(|part| !part.is_empty())
            .filter_map(pixels)
            .collect();
        Some((*values.get(2)?, *values.get(3)?))
    })
}

#[cfg(test)]
mod tests {
    use super::size;

    #[test]
    fn reads_heads_and_survives_rubbish() {
        assert_eq!(size(b"<svg viewBox=\"0 0 640 300\">"), Some((640, 300)));
        assert_eq!(size(b"<svg width=\"64\" height=\"30px\" viewBox=\"0 0 6 3\">"), Some((64, 30)));
        assert_eq!(size(b"GIF89a\x10\x00\x20\x00"), Some((16, 32)));
        for rubbish in [&b""[..], b"\xFF\xD8\xFF", b"\x89PNG", b"RIFFxxxxWEBPVP8X", b"<svg"] {
            assert_eq!(size(rubbish), None);
        }
    }
}
