"""The course as a static site: one page for each notebook, to be read without Python.

    python -m editions.site     builds build/site/; the same as `make site`

| file       | holds                                                                      |
|------------|----------------------------------------------------------------------------|
| `run`      | runs the notebooks as somebody who has answered nothing                    |
| `pictures` | words for each picture that a cell draws, made while it is drawn           |
| `forms`    | what a reader sees where the course has a form: the question, its choices  |
| `still`    | makes every cell stand still: no kernel, no form, no second style sheet    |
| `words`    | Markdown as HTML, with links between pages instead of notebooks            |
| `pages`    | the page of a notebook, of the record, and the first page                  |
| `build`    | puts all of it into one folder                                             |

The notebooks are the only source of what the pages say of the course; the first page opens with
the README's own first lines. nbconvert lays the cells out, with the template in `templates/`: it
comes with JupyterLab. (Jupyter Book 2 would need Node as well and fetches its theme at build time.)

Every link is relative and nothing is fetched from elsewhere, so the folder can be opened from a
disk and put at any address.
"""

from editions.site.build import build

__all__ = ["build"]
