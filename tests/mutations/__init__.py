"""Mistakes planted in this repository's own report, to see how many of them are found.

`operators` knows how each kind of mistake is made; `recall` plants each in several places and looks whether a finding
stands there. The classes are those of the mistakes that we read in published reports (figures and frameworks have
their own sample in test_mistakes.py); an operator names the rows of that list which it stands for.

    PYTHONPATH=generator:tests python -m mutations           the table of recall
    PYTHONPATH=generator:tests python -m mutations --show digit-changed     what was planted, and what was found
"""
