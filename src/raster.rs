//! Photographs in fewer pixels, for narrow pages; and which of them lie on their side.
//!
//! Bytes in, bytes out, the same for the same; what cannot be read has no smaller versions and is no
//! mistake. The one door to `image`.

use image::codecs::jpeg::JpegEncoder;
use image::codecs::png::PngEncoder;
use image::imageops::FilterType;
use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder, ImageEncoder, ImageFormat, ImageReader, Limits};
use std::io::Cursor;

/// More pixels on a side than any picture of a report has.
const MOST: u32 = 20_000;

/// Quality of a JPEG, of 100.
const QUALITY: u8 = 82;

/// `bytes`, a PNG or a JPEG, in each of `widths` that is narrower, where that saves bytes.
pub fn smaller(bytes: &[u8], widths: &[u32]) -> Vec<(u32, Vec<u8>)> {
    let Some(picture) = Picture::read(bytes) else { return Vec::new() };
    let narrower = widths.iter().filter(|width| **width < picture.image.width());
    let versions = narrower.filter_map(|width| Some((*width, picture.in_width(*width)?)));
    versions.filter(|(_, version)| version.len() < bytes.len()).collect()
}

/// Whether a JPEG says that it is to be shown on its side, so that width and height change places.
pub fn is_turned(bytes: &[u8]) -> bool {
    let decoder = decoder(bytes).filter(|(format, _)| *format == ImageFormat::Jpeg);
    decoder.is_some_and(|(_, mut decoder)| turns(orientation(&mut decoder)))
}

fn turns(orientation: Orientation) -> bool {
    use Orientation::{Rotate90, Rotate90FlipH, Rotate270, Rotate270FlipH};
    matches!(orientation, Rotate90 | Rotate270 | Rotate90FlipH | Rotate270FlipH)
}

fn orientation(decoder: &mut impl ImageDecoder) -> Orientation {
    decoder.orientation().unwrap_or(Orientation::NoTransforms)
}

fn decoder(bytes: &[u8]) -> Option<(ImageFormat, impl ImageDecoder + '_)> {
    let mut reader = ImageReader::new(Cursor::new(bytes)).with_guessed_format().ok()?;
    let mut limits = Limits::default();
    limits.max_image_width = Some(MOST);
    limits.max_image_height = Some(MOST);
    reader.limits(limits);
    Some((reader.format()?, reader.into_decoder().ok()?))
}

struct Picture {
    format: ImageFormat,
    /// Upright.
    image: DynamicImage,
    /// What its colours mean.
    profile: Option<Vec<u8>>,
}

impl Picture {
    fn read(bytes: &[u8]) -> Option<Picture> {
        let (format, mut decoder) = decoder(bytes)?;
        let profile = decoder.icc_profile().ok().flatten();
        let orientation = orientation(&mut decoder);
        let mut image = DynamicImage::from_decoder(decoder).ok()?;
        image.apply_orientation(orientation);
        Some(Picture { format, image, profile })
    }

    fn in_width(&self, width: u32) -> Option<Vec<u8>> {
        let ratio = f64::from(self.image.height()) / f64::from(self.image.width());
        let height = (f64::from(width) * ratio).round().max(1.0) as u32;
        let image = self.image.resize_exact(width, height, FilterType::Lanczos3);
        let mut out = Vec::new();
        match self.format {
            ImageFormat::Jpeg => {
                self.write(&image, JpegEncoder::new_with_quality(&mut out, QUALITY))
            }
            ImageFormat::Png => self.write(&image, PngEncoder::new(&mut out)),
            _ => None,
        }?;
        Some(out)
    }

    fn write(&self, image: &DynamicImage, mut encoder: impl ImageEncoder) -> Option<()> {
        if let Some(profile) = &self.profile {
            // Without it the colours would be others: then there is no smaller version.
            encoder.set_icc_profile(profile.clone()).ok()?;
        }
        image.write_with_encoder(encoder).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A picture that does not pack into nothing.
    fn picture(format: ImageFormat) -> Vec<u8> {
        let pixel = |x: u32, y: u32| image::Rgb([(x ^ y) as u8, (x * y) as u8, (x + 7 * y) as u8]);
        let mut out = Cursor::new(Vec::new());
        let image = DynamicImage::from(image::RgbImage::from_fn(900, 300, pixel));
        image.write_to(&mut out, format).unwrap();
        out.into_inner()
    }

    #[test]
    fn smaller_versions_keep_their_shape() {
        for format in [ImageFormat::Jpeg, ImageFormat::Png] {
            let bytes = picture(format);
            let versions = smaller(&bytes, &[300, 900, 1200]);
            assert_eq!(versions.len(), 1, "{format:?}");
            let (width, version) = &versions[0];
            let image = image::load_from_memory(version).unwrap();
            assert_eq!((*width, image.width(), image.height()), (300, 300, 100));
            assert_eq!(versions, smaller(&bytes, &[300]));
        }
    }

    #[test]
    fn what_lies_on_its_side_is_turned() {
        let bytes = picture(ImageFormat::Jpeg);
        assert!(!is_turned(&bytes));
        // An Exif segment that says: the top is to the right.
        let exif = b"\xFF\xE1\x00\x22Exif\0\0MM\0\x2A\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0";
        let turned = [&bytes[..2], exif, &bytes[2..]].concat();
        assert!(is_turned(&turned));
        let image = image::load_from_memory(&smaller(&turned, &[100])[0].1).unwrap();
        assert_eq!((image.width(), image.height()), (100, 300));
    }

    #[test]
    fn rubbish_has_no_versions() {
        let whole = picture(ImageFormat::Png);
        for bytes in
            [&b""[..], b"\xFF\xD8\xFF", b"\x89PNG\r\n\x1a\n", b"<svg>", &whole[..whole.len() / 2]]
        {
            assert!(smaller(bytes, &[10]).len() <= 1 && !is_turned(bytes));
        }
    }
}
