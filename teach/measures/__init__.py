"""Measures of a class: pure functions from tables to numbers. No files, no drawing, no network.

| file            | answers                                                                    |
|-----------------|----------------------------------------------------------------------------|
| `krippendorff`  | Do raters agree beyond chance (alpha)?                                     |
| `class_effects` | Did a class get sharper? Does it matter which text was met first?          |
| `confidence`    | How well is trust in one's own answers placed?                             |
| `item_rest`     | Does who does well elsewhere do well in this exercise, too?                |
| `shared_text`   | Which texts share long runs of their own words?                            |
| `similarity`    | Which two gave the same wrong answers, rarer ones than chance would have?  |
| `bootstrap`     | How sure is a number?                                                      |

As in `kit.measures`, a measure that cannot be computed is None, with the reason in words.
"""
