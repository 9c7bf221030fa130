"""The form in which instructors mark written answers in a notebook, and how well they agree.

| file          | holds                                                            |
|---------------|------------------------------------------------------------------|
| `rubric_form` | one answer after the other, by mouse or by keys; agreement       |
| `marker_name` | who marks: asked once on a machine                               |
| `answer_html` | what a marker is shown of a question and an answer               |
"""
