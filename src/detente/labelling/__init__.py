"""Labelling by hand: label files, their checks, agreement, and the program ``detente label``.

words -> checks -> draft -> session          what is labelled, without files and without a screen
records, desk                                label files, progress, two annotators
suggestions                                  what detente itself finds, as a beginning
agreement, report                            two annotators compared
app                                          the terminal program; the only part that needs textual
"""
