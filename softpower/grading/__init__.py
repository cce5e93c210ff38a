"""Grading a class: values out of a sandbox, checks outside it."""
