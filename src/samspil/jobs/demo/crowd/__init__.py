"""A large municipality for measuring: as many citizens as one likes, written with COPY.

Every citizen lives one of the stories under a name of their own; the rows are as those of the small demo, but nobody
has gone through a command to make them. In time order, so that a case's notes lie as far apart as in real life.
"""
