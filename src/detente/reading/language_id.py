"""Which language a text is in; only clear cases of "not English" are turned away.

Short English sentences full of foreign names confuse every identifier, so the question asked is
not "which language is likeliest?" but "can this be English at all?", and it is asked twice: of the
text, and of its words without a capital, which leaves the names out.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

# Below this many letters even people cannot tell.
LEAST_LETTERS = 40
SAMPLE_CHARACTERS = 2_000
# Lowest probability of English at which a text still passes, in either form. On 9,700 English
# sentences and titles (State Department, VOA, Wikinews) the better of the two was never below .04,
# one French quotation apart; on 20 sentences of other languages never above .003. Rerun
# tests/reading/test_language_id.py when the model changes.
_LEAST_ENGLISH = 0.02
# Above this the text is called English; between the two it is left open.
_SURELY_ENGLISH = 0.5
# On 3,900 English documents these words were 9.5 % of all or more in 99 of 100, 17 % in the median;
# the sentences of other languages in the tests hold none. Fewer than twenty words say too little.
_PLAIN_SHARE = 0.08
_ENOUGH_WORDS = 20
_ENGLISH_ONLY = frozenset(
    "the of and that with from by this which their they been were would have has who its".split()
)
# Pidgin, Scots and Bahamas English are read as English.
_ENGLISHES = ("en", "pcm", "sco")

_NAMES = {
    "af": "Afrikaans", "am": "Amharic", "ar": "Arabic", "az": "Azerbaijani", "be": "Belarusian",
    "bg": "Bulgarian", "bn": "Bengali", "bs": "Bosnian", "ca": "Catalan", "cs": "Czech",
    "da": "Danish", "de": "German", "el": "Greek", "es": "Spanish", "et": "Estonian",
    "fa": "Persian", "fi": "Finnish", "fr": "French", "he": "Hebrew", "hi": "Hindi",
    "hr": "Croatian", "hu": "Hungarian", "hy": "Armenian", "id": "Indonesian", "it": "Italian",
    "ja": "Japanese", "ka": "Georgian", "kk": "Kazakh", "ko": "Korean", "ku": "Kurdish",
    "lt": "Lithuanian", "lv": "Latvian", "mk": "Macedonian", "ms": "Malay", "my": "Burmese",
    "nl": "Dutch", "no": "Norwegian", "pl": "Polish", "ps": "Pashto", "pt": "Portuguese",
    "ro": "Romanian", "ru": "Russian", "sk": "Slovak", "sl": "Slovenian", "so": "Somali",
    "sq": "Albanian", "sr": "Serbian", "sv": "Swedish", "sw": "Swahili", "ta": "Tamil",
    "th": "Thai", "tr": "Turkish", "uk": "Ukrainian", "ur": "Urdu", "uz": "Uzbek",
    "vi": "Vietnamese", "zh": "Chinese",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Language:
    """What a text is written in.

    ``code`` is ISO 639-1, None where it was not judged or stays open; ``name`` is English;
    ``foreign`` tells that it is confidently not English.
    """

    code: str | None
    name: str | None = None
    foreign: bool = False


def identify(text: str) -> Language:
    """Judge the language of a text by its first 2,000 characters."""
    sample = text[:SAMPLE_CHARACTERS]
    if sum(char.isalpha() for char in sample) < LEAST_LETTERS:
        return Language(None)
    if _plainly_english(sample):
        return Language("en", "English")
    ranked = _identifier().rank(sample)
    best = ranked[0][0]
    english = _english_share(ranked)
    if english < _LEAST_ENGLISH and _without_names(sample) < _LEAST_ENGLISH:
        return Language(best, _NAMES.get(best, f"language {best!r}"), foreign=True)
    return Language("en", "English") if english >= _SURELY_ENGLISH else Language(None)


def _plainly_english(sample: str) -> bool:
    """Enough of the commonest English words: no need to load the identifier (0.4 s).

    The words are English only: those that other languages share ("in", "a", "was") are left out.
    """
    words = sample.lower().split()
    common = sum(word in _ENGLISH_ONLY for word in words)
    return len(words) >= _ENOUGH_WORDS and common >= _PLAIN_SHARE * len(words)


def _without_names(sample: str) -> float:
    """Give the probability of English for the words without a capital; 0 if there are none."""
    words = " ".join(word for word in sample.split() if not word[0].isupper())
    return _english_share(_identifier().rank(words)) if words else 0.0


def _english_share(ranked: list[tuple[str, float]]) -> float:
    return sum(score for code, score in ranked if code in _ENGLISHES)


@cache
def _identifier() -> Any:  # noqa: ANN401 - py3langid ships no types
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
