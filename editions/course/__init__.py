"""The course made from templates: the six notebooks of any case, and a folder ready to be taught.

| file        | holds                                                                        |
|-------------|------------------------------------------------------------------------------|
| `templates` | the notebooks' prose and code: the method, without a word of any case        |
| `said`      | what a template may say of a case: its words, its tables, what can be counted |
| `build`     | renders the templates; writes the notebooks and what the kit knows of them   |
| `folder`    | a case folder as a course of its own: `make case CASE=folder`                |
"""
