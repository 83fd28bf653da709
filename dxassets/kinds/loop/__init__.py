"""The campaign in motion: seamless loops for LED boards, television sets and web slots."""
