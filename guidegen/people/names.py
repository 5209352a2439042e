"""A readable, stable id from a name, in any script."""

from __future__ import annotations

import hashlib
import re
import unicodedata

# Letters that Unicode does not take apart into a plain letter and a mark.
_PLAIN = str.maketrans({
    "ß": "ss", "ẞ": "ss", "æ": "ae", "Æ": "ae", "œ": "oe", "Œ": "oe", "ø": "o", "Ø": "o", "ł": "l",
    "Ł": "l", "đ": "d", "Đ": "d", "ð": "d", "Ð": "d", "þ": "th", "Þ": "th", "ı": "i", "ħ": "h",
    "Ħ": "h", "ŋ": "n", "Ŋ": "n", "’": "", "'": "", "ʼ": "", "`": "",
})


def slug(name: str) -> str:
    """``Zoë O'Brien`` → ``zoe-obrien``; a short hash stands for letters that have no plain form."""
    plain = unicodedata.normalize("NFKD", name.translate(_PLAIN)).casefold()
    kept = "".join(c for c in plain if not unicodedata.combining(c))
    word = re.sub(r"[^a-z0-9]+", "-", kept).strip("-")[:60].strip("-")
    if all(ord(c) < 128 or not c.isalnum() for c in kept) and word:
        return word
    mark = hashlib.sha256(unicodedata.normalize("NFC", name).casefold().encode("utf-8", "surrogatepass")).hexdigest()[:8]
    return f"{word}-{mark}" if word else f"person-{mark}"
