"""What a version promised, and what breaks it: the parts of `check_compatibility.py`.

A module for each thing that is promised, with the same two words: what is *promised* today, and
what *breaks* an older promise. A break is a [`Break`][promises.breaks.Break].
"""
