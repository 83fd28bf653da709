"""Banners: the pictures of a campaign in every size, for screens and for print."""
