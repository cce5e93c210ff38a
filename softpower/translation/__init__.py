"""Translations: what there is to translate, where it stands, what is made of it, and its proof.

- ``po``: catalogues, read and written with the standard library alone
- ``blocks``: Markdown, cut into what a translator sees, and put together again
- ``pages``: notebooks and pages of Markdown
- ``in_a_page``: what a page to work in says otherwise than its notebook, and by itself
- ``sources``: every text of the course, by catalogue
- ``proof``: a translation compared with its source
- ``pseudo``: a language that nobody speaks, to find what no catalogue has
"""
