"""Road maps: a draft does not contradict itself, and what is published holds what paragraph 113 of
A/RES/80/173 asks.

What cannot be so is an error in a draft too; what is only missing is asked for when a road map is
to be published. Links to SDG targets and commitments, and indicators, are asked of the road maps of
Action Lines, because paragraph 113 asks them of those; the joint road map of paragraph 122, and
what a country or an organisation does of its own accord, need not have them.
"""
