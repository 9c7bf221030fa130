"""The course made from templates: the six notebooks of any case, and a folder ready to be taught.

| file        | holds                                                                         |
|-------------|-------------------------------------------------------------------------------|
| `templates` | the notebooks' prose and code: the method, without a word of any case         |
| `words`     | reads and checks what a case's `words.toml` says                              |
| `said`      | what a template may say of a case: its words, its tables, what can be counted |
| `cells`     | cuts what was rendered into the cells of a notebook                           |
| `build`     | renders the templates; writes the notebooks and what the kit knows of them    |
| `folder`    | a case folder as a course of its own: `make case CASE=folder`                 |
"""
