"""What must not be read by everybody who reads a report: masked unless it is asked for."""

from __future__ import annotations

import re

MASK = "(masked)"
# a text that merely holds something personal keeps the rest
PATTERNS = (
    (re.compile(r"[\w.+-]+@[\w-]+(\.[\w-]+)+"), "(e-mail)"),
    (re.compile(r"\b(?=[A-HJ-NPR-Z]*\d)[A-HJ-NPR-Z0-9]{17}\b", re.IGNORECASE), "(VIN)"),
    (
        re.compile(
            r"\b\d{1,6}\s+(?:[NSEW]\.?\s+)?(?:[A-Z][\w'.-]*\s+){1,4}"
            r"(?:St|Street|Ave|Avenue|Rd|Road|Blvd|Boulevard|Dr|Drive|Ln|Lane|Way|Ct|Court|Hwy|Pl)\b\.?",
            re.IGNORECASE,
        ),
        "(address)",
    ),
    # letters that are a make's, a month's or a currency's are no plate's
    (
        re.compile(
            r"(?<![\w-])(?!(?:RAM|BMW|GMC|MPG|MPH|USD|CAD|EUR|GBP|JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP"
            r"|OCT|NOV|DEC)[ -]?\d|\d{3} ?(?:USD|CAD|EUR|GBP|MPG|MPH)\b)"
            r"(?:[A-Z]{2,3}[ -]?\d{3,4}|[a-z]{3}-\d{3,4}|\d[A-Z]{3}\d{3}|\d{3}[ -]?[A-Z]{3}"
            r"|[A-Z]{3} ?\d{2}[A-Z])(?![\w-])"
        ),
        "(plate)",
    ),
    (re.compile(r"(?<![\w.-])(?:\+?1[ .-]?)?\(?\d{3}\)?[ .-]\d{3}[ .-]\d{4}(?!\w)"), "(phone)"),
)


def masked(text: str) -> str:
    """Return the text with e-mails, VINs, street addresses, plates and phone numbers masked."""
    for pattern, word in PATTERNS:
        text = pattern.sub(word, text)
    return text
