"""Vietnamese as it is spoken: numbers, dates, abbreviations and symbols in words, and where to breathe.

What is not known is told and left as it is written, never guessed.
"""

from dxassets.spoken.breath import Breath, phrases_of, syllables_of
from dxassets.spoken.numerals import Reading, cardinal
from dxassets.spoken.speaking import Spoken, speak
from dxassets.spoken.vocabulary import Vocabulary, parse_vocabulary

__all__ = [
    "Breath",
    "Reading",
    "Spoken",
    "Vocabulary",
    "cardinal",
    "parse_vocabulary",
    "phrases_of",
    "speak",
    "syllables_of",
]
