"""The campaign's press kit: texts, pictures, logos and contacts in one archive."""
