"""Which syllables of Vietnamese belong together: a word list of our own, and words found by it.

Vietnamese writes a blank between syllables, so that “pháp luật” looks like two words. The list
(`words.txt`, `loose.txt`) is read the first time that a text is segmented, and kept by the process.
"""

from dxassets.lexicon.segmenting import Seam, seams, word_lists
from dxassets.lexicon.spelling import spelling_key

__all__ = ["Seam", "seams", "spelling_key", "word_lists"]
