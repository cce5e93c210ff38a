"""The site: pages to read, and pages in which the notebooks run, as a folder of static files.

``python3 start.py site`` makes it. ``parts`` fetches what Python in a browser is made of,
``runtime`` packs it, ``pages`` turns each notebook into a page to work in (its words from
``in_place_of_jupyter.toml``), ``languages`` makes the course in its other languages, ``build``
does all of it. ``run/`` is what runs behind a page, ``page/`` what the page itself is made of.
"""
