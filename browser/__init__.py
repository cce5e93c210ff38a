"""The course in a browser: a folder of static files in which the notebooks run.

``python3 start.py site`` makes it. ``parts`` fetches what Python in a browser is made of,
``runtime`` packs it, ``pages`` turns each notebook into a page to work in, ``build`` does all of
it. ``run/`` is what runs behind a page, ``page/`` what the page itself is made of.
"""
