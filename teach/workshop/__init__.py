"""The workshop: a case of one's own, from saved pages to a folder that the course runs with.

What an author enters is a journal (`my_case.jsonl`), as a learner's answers are: one line for each
change, and nothing is lost. From the lines to the folder:

| file             | holds                                                        |
|------------------|--------------------------------------------------------------|
| `draft`          | the tables that the lines give                               |
| `complete`       | the rows that a case can have now, and what the others lack  |
| `floor`          | the earliest date of each text                               |
| `rules`          | the exercises that the tables decide                         |
| `notebook_words` | what the notebooks say of the case                           |
| `readme`         | the case's own page                                          |
| `toml_text`      | exercises, answers and words as TOML                         |
| `folder`         | the files of the case                                        |

In the notebook, one call for each step; `form` has them:

| file              | holds                                                       |
|-------------------|-------------------------------------------------------------|
| `desk`            | the journal, what it gives now, and who follows it          |
| `draft_case`      | the same as a case in memory, for checks, pages and charts  |
| `field_answers`   | what is wrong with each cell, as check-data says it         |
| `field_notes`     | what is said of a cell that holds                           |
| `plain_dates`     | dates as an author types them                               |
| `saved_page`      | the words of a saved page                                   |
| `answered_form`   | a form whose fields answer at once                          |
| `rows_form`       | the rows of a table: a list, and the form of one of them    |
| `case_form`       | the name of the case                                        |
| `texts_form`      | texts, pasted or loaded                                     |
| `claims_form`     | sentences clicked into claims                               |
| `moments_form`    | moments with their timeline; members                        |
| `judgement_forms` | stances and ratings                                         |
| `exercises_form`  | the words of the exercises                                  |
| `finish_form`     | what is missing, and the folder                             |
| `form`            | the calls                                                   |
"""
