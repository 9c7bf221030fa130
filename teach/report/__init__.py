"""The class report: what did a class learn, and how sure may one be? One page, nobody exposed.

| file             | holds                                                                     |
|------------------|---------------------------------------------------------------------------|
| `gather`         | what the hand-ins say, as numbers, without codes or texts                 |
| `two_tests`      | sharper or only more suspicious; confidence against being right           |
| `items`          | points exercise by exercise: how hard, does it go with the rest           |
| `answer_counts`  | how many gave which answer: mistakes, divided questions, witnesses        |
| `validity`       | do they agree with each other, and with the experts?                      |
| `sensitivity`    | what hangs on the other mark, on the weights, on the order of the texts   |
| `judged_again`   | what changed between the first judgement and the second                   |
| `page`           | one question and what answers it; all of them as one page, or one by one  |
| `alike`          | hand-ins that are alike: the same long text, the same rare wrong answers  |
| `own_eyes`       | for the teacher alone: points and wrong answers by code, who is alike     |
| `build`          | the report of a marks' folder, as a page or in a notebook                 |
| `invented_class` | an invented class, so that every panel can be seen                        |

The words that stand around the numbers of a panel are in `panels.toml`.
"""
