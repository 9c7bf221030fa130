"""The workshop: a case of one's own, from saved pages to a folder that the course runs with.

What an author enters is a journal (`my_case.jsonl`), as a learner's answers are: one line for each
change, and nothing is lost. Left to right: `draft` (the tables that the lines give), `rules` (the
exercises that the tables decide), `folder` (the files of the case) and `reopen` (the way back, from
a folder to lines). Beside them: `complete` says which rows are whole, `floor` how early a text can
be, `notebook_words` what the notebooks say, `own_words` what an author changed.
"""
