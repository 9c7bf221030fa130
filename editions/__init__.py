"""Other forms of the course, each built from its notebooks and data; the kit knows none of them.

| edition       | what it is                                                          |
|---------------|---------------------------------------------------------------------|
| `worked`      | the notebooks with their answers, for instructors                   |
| `site`        | a folder to read: web pages that need no Python                     |
| `paper`       | a folder to print: a sheet for each activity, most on two pages     |
| `lite`        | a folder for any web server: the notebooks run in the browser alone |
| `points`      | the page that says how points are given, `docs/points.md`           |
| `claimreview` | a learner's verdicts as ClaimReview, a format that others read      |
| `publish`     | the course online: whose account its links name, what is left to do |

The worked edition lies in `notebooks/instructor/`, `points` in `docs/`; `claimreview` writes where
it is told to; what the others build goes to `build/`.
"""
