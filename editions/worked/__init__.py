"""The worked editions: the learners' notebooks with the answers in them, for instructors.

| file               | holds                                                          |
|--------------------|----------------------------------------------------------------|
| `build`            | builds them, or says what is no longer as it would build it    |
| `answers_in_words` | an answer given in a form, and the key's, as Markdown           |
"""
