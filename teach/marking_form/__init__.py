"""The form in which instructors mark written answers in a notebook, and how well they agree.

| file        | holds                                                           |
|-------------|-----------------------------------------------------------------|
| `marker`    | the form: one answer after the other, by mouse or by keys       |
| `judged`    | the level and the note that a marker gives one answer           |
| `to_mark`   | what a marker is shown of a question and an answer              |
| `agreement` | how well two or more markers agree                              |
"""
