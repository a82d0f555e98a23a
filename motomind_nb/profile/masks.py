"""What must not be read by everybody who reads a report: masked unless it is asked for."""

from __future__ import annotations

import re

MASK = "(masked)"
# a text that merely holds something personal keeps the rest
PATTERNS = (
    (re.compile(r"[\w.+-]+@[\w-]+(\.[\w-]+)+"), "(e-mail)"),
    (re.compile(r"\b(?=[A-HJ-NPR-Z]*\d)[A-HJ-NPR-Z0-9]{17}\b"), "(VIN)"),
    (re.compile(
        r"\b\d{1,6}\s+(?:[NSEW]\.?\s+)?(?:[A-Z][\w'.-]*\s+){1,4}"
        r"(?:St|Street|Ave|Avenue|Rd|Road|Blvd|Boulevard|Dr|Drive|Ln|Lane|Way|Ct|Court|Hwy|Pl)\b\.?"
    ), "(address)"),
    (re.compile(
        r"(?<![\w-])(?:[A-Z]{2,3}[ -]?\d{3,4}|\d[A-Z]{3}\d{3}|\d{3}[ -]?[A-Z]{3})(?![\w-])"
    ), "(plate)"),
    (re.compile(r"(?<![\w.-])(?:\+?1[ .-]?)?\(?\d{3}\)?[ .-]\d{3}[ .-]\d{4}(?!\w)"), "(phone)"),
)  # fmt: skip


def masked(text: str) -> str:
    """Return the text with e-mails, VINs, street addresses, plates and phone numbers masked."""
    for pattern, word in PATTERNS:
        text = pattern.sub(word, text)
    return text
