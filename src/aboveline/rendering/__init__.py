"""Domain values out: DOCX, PDF, HTML fragments, CSV, charts."""
