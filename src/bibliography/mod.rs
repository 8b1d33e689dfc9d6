//! `citations.yaml`: entries read with places, checked, and given out as CSL-JSON, BibTeX and RIS.
