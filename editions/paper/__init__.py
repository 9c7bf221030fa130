"""The course on paper: a sheet for each activity, the materials, a table to type answers into.

| file        | holds                                                                        |
|-------------|------------------------------------------------------------------------------|
| `before`    | what stands before a question in its notebook, without talk of the screen    |
| `hand`      | what a learner should have at hand for a question, by what the notebook shows|
| `rendering` | fills in `templates/`; in `answering.html`, a macro for each form of question|
| `sheet`     | one activity as a page of HTML                                               |
| `materials` | texts, cards, record, claims, members: no activity, any length               |
| `teacher`   | the list of all pages, how to use them, the hints                            |
| `build`     | all of it in one folder                                                      |

Nothing is written twice: questions come from `exercises.toml`, what leads up to them from the
notebooks, signs and fields from `teach.typed`, which reads the answers again. No page knows the
key.
"""
