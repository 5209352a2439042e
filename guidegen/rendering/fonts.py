"""Which fonts a text needs. Only their folders are looked up; nothing heavy is imported."""

from __future__ import annotations

import re
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typst import Fonts

SERIF = ("Source Serif 4", "Noto Serif", "Noto Sans")
SANS = ("Inter", "Noto Sans")
_WESTERN = ("sourceserif4", "inter", "notoserif", "notosans")
_ARABIC = re.compile("[\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff\ufb50-\ufdff\ufe70-\ufeff]")
_HEBREW = re.compile("[\u0590-\u05ff\ufb1d-\ufb4f]")
_KANA = re.compile("[\u3040-\u30ff\u31f0-\u31ff\uff66-\uff9f]")
_HANGUL = re.compile("[\u1100-\u11ff\u3130-\u318f\uac00-\ud7af]")
_HAN = re.compile(
    "[\u2e80-\u2fdf\u3000-\u303f\u3100-\u312f\u31a0-\u31bf\u3400-\u9fff\uf900-\ufaff\uff00-\uff65]|[\U00020000-\U0003ffff]"
)
_SYMBOLS = re.compile("[\u2190-\u2bff\u3200-\u32ff]|[\U0001f000-\U0001ffff]")


def _han(text: str, lang: str) -> tuple[tuple[str, str], ...]:
    """(folder, family) of the fonts for Han characters: by the language, then by what stands beside them."""
    if not (_HAN.search(text) or _KANA.search(text)):
        return ()
    code = lang.lower()
    simplified = ("notosanssc", "Noto Sans SC")
    if code.startswith("ja") or _KANA.search(text):
        return ("notosansjp", "Noto Sans JP"), simplified
    if code.startswith("ko"):
        return ("notosanskr", "Noto Sans KR"), simplified
    if re.match(r"zh-(hant|tw|hk|mo)", code):
        return ("notosanstc", "Noto Sans TC"), simplified
    return (simplified,)


def needed(text: str, lang: str) -> tuple[tuple[tuple[str, str], ...], tuple[str, ...]]:
    """((package, folder) of each font to load, families to fall back to) for ``text``."""
    fonts = []
    if _ARABIC.search(text):
        fonts.append(("justmytype_intl_rtl", "notosansarabic", "Noto Sans Arabic"))
    if _HEBREW.search(text):
        fonts.append(("justmytype_intl_rtl", "notosanshebrew", "Noto Sans Hebrew"))
    fonts += [("justmytype_intl_cjk", folder, family) for folder, family in _han(text, lang)]
    if _HANGUL.search(text):
        fonts.append(("justmytype_intl_cjk", "notosanskr", "Noto Sans KR"))
    if _SYMBOLS.search(text):
        fonts.append(("justmytype_western_core", "notosanssymbols2", "Noto Sans Symbols 2"))
    western = [("justmytype_western_core", folder) for folder in _WESTERN]
    folders = (*western, *((package, folder) for package, folder, _ in fonts))
    return tuple(dict.fromkeys(folders)), tuple(dict.fromkeys(family for _, _, family in fonts))


@lru_cache(maxsize=8)
def load(folders: tuple[tuple[str, str], ...]) -> Fonts:
    """Typst's fonts from these folders and from nowhere else, so that a PDF is the same anywhere."""
    from typst import Fonts

    paths = [str(files(package).joinpath("fonts", "ofl", folder)) for package, folder in folders]
    return Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=paths)
