"""The questions of each lesson and its exercise, one module a lesson."""
