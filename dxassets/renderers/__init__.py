"""What kinds draw with: the brand's faces, SVG documents, the approval sheet, the web site's pages."""
