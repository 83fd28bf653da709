"""QR codes: a campaign's links as cards with label and bare domain."""
