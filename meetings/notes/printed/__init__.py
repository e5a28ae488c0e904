"""Notes as a document that people open and hand on: Word, HTML, PDF. Pure, like all of `meetings.notes`.

`parts.py` lays a `NotesDocument` out once, as headings, paragraphs, points and tables; `html.py` and `word.py` set
these parts, `pdf.py` sets the HTML; `html_parts.py` and `word_in.py` find the parts again, and `parts_in.py` the
document in them.
"""
