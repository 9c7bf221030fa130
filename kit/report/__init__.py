"""The class report: what did a class learn, and how sure may one be? One page, nobody exposed.

| file                  | holds                                                          |
|-----------------------|----------------------------------------------------------------|
| `gather`              | what the hand-ins say, as numbers, without codes or texts      |
| `two_tests`           | sharper or only more suspicious; confidence against being right|
| `agreeing` `mistakes` | agreement and halo; common wrong answers                       |
| `panel` `page`        | one question and what answers it; all of them as one page      |
| `example`             | an invented class, so that every panel can be seen             |
| `making` `command`    | the report of a marks' folder; the command line                |
"""
