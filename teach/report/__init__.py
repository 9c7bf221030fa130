"""The class report: what did a class learn, and how sure may one be? One page, nobody exposed.

| file                  | holds                                                          |
|-----------------------|----------------------------------------------------------------|
| `gather`              | what the hand-ins say, as numbers, without codes or texts      |
| `two_tests`           | sharper or only more suspicious; confidence against being right|
| `answered` `mistakes` | how many gave which answer; which wrong ones were common       |
| `agreeing` `valid`    | agreement; agreement beside correlation with the experts       |
| `experts` `halo`      | the class beside the experts; two marks that go together       |
| `ranks` `shown_first` | what hangs on the weights, and on the order of the texts       |
| `repeats` `named`     | who repeats whom; codes and points, only if asked for          |
| `panel` `page`        | one question and what answers it; all of them as one page      |
| `shown`               | the same panels in a notebook                                  |
| `example`             | an invented class, so that every panel can be seen             |
| `making` `command`    | the report of a marks' folder; the command line                |
"""
