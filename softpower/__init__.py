"""The code of the course, but for the site's (``browser/``): a room for each job, on floors.

Every module stands on one floor, and imports only from floors below its own:

- 0: errors, jupyterlab, palette, texts
- 1: data, keep, notebooks, schema, spreadsheet
- 2: assets, coding, evaluation, index, policy
- 3: feedback, figures, scenario
- 4: brief, quiz, references
- 5: country, labs, trace, translation
- 6: commands, grading
- 7: cli
"""

__version__ = "1.1.0"
