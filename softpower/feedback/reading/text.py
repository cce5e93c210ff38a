"""What every reader of an answer shares: how a value is unwrapped, which signs look alike."""

import unicodedata

LETTERS = "abcdefghij"
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−﹣－", "-"))
QUOTES = str.maketrans(dict.fromkeys("\"'`´“”„‘’‚«»‹›", ""))
# Capitals and small letters of a Russian or Kazakh keyboard, and the Latin letter they look like.
ALIKE = dict(zip("асеірохувкнмтАВСЕІРОХУКНМТҺ", "aceipoxybkhmtABCEIPOXYKHMTH", strict=True))
CYRILLIC = str.maketrans(ALIKE)
LATIN = str.maketrans({latin: other for other, latin in ALIKE.items()} | {"h": "н"})
# Kazakh letters, and what people type for them on a Russian keyboard.
RUSSIAN = str.maketrans("әғқңөұүһі", "агкноуухи")


def unwrap(value):
    """Return what a list or series of a single item holds: ``scores.loc[...]`` gives one."""
    while isinstance(value, (list, dict)):
        items = value if isinstance(value, list) else value.get("values")
        mapping = isinstance(value, dict) and value.get("$") == "mapping"
        if not isinstance(items, list) or len(items) != 1 or mapping:
            return value
        value = items[0]
    return value


def one_kind(text):
    """Return text with one kind of space, dash and letter, where several look alike."""
    return unicodedata.normalize("NFKC", text).translate(_DASHES).strip()
