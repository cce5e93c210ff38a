"""How JupyterLab meets a learner: what ``start.py`` writes into the course's own environment.

Written so that even Python 2.7 can read it, as ``start.py`` is: that one imports it.
"""

import json

PAGE = {
    # It asks a newcomer whether to fetch its news: not the first thing to meet.
    "disabledExtensions": {"@jupyterlab/apputils-extension:announcements": True}
}
OVERRIDES = {
    # So that the names of the lessons are seen whole.
    "@jupyterlab/filebrowser-extension:browser": {"showLastModifiedColumn": False},
    # The glossary and the guides are pages to read, not their source.
    "@jupyterlab/docmanager-extension:plugin": {"defaultViewers": {"markdown": "Markdown Preview"}},
    # Else a link within a lesson leads astray, because cells out of sight have no height yet.
    # And a sentence that somebody writes is seen whole.
    "@jupyterlab/notebook-extension:tracker": {
        "windowingMode": "defer",
        "codeCellConfig": {"lineWrap": True},
    },
}
# No tab of old; the list of files as wide as the longest name of a lesson.
WORKSPACE = {
    "metadata": {"id": "default"},
    "data": {
        "layout-restorer:data": {
            "main": {"dock": None, "current": None},
            "down": {"size": 0, "collapsed": True, "widgets": []},
            "left": {
                "collapsed": False,
                "visible": True,
                "current": "filebrowser",
                "widgets": ["filebrowser"],
                "widgetStates": {},
            },
            "right": {"collapsed": True, "visible": True, "widgets": [], "widgetStates": {}},
            "relativeSizes": [0.27, 0.73, 0],
        }
    },
}
# Else every lesson that is opened warns in this window of an eavesdropper.
SERVER = "import zmq\n\nif zmq.has('curve'):\n    c.KernelManager.transport_encryption = 'auto'\n"
# The number of this Python would be written into every lesson that is only opened.
KERNEL = (
    "from ipykernel.ipkernel import IPythonKernel\n\n"
    "IPythonKernel.language_info = dict(IPythonKernel.language_info, version='3')\n\n"
    # A place for words keeps them, also before the first cell of the page has run.
    "get_config().InteractiveShellApp.extensions = ['softpower.feedback']\n"
)
# Those of its menus that somebody has translated; a Kazakh learner meets the Russian ones.
MENUS = {"ru": "ru_RU", "kk": "ru_RU"}


def files(language):
    """Return what stands in the environment's ``etc``: the parts of each path, and its text.

    Parameters
    ----------
    language : str
        Code of the language in which the course is opened.
    """
    overrides = dict(OVERRIDES)
    if language in MENUS:
        overrides["@jupyterlab/translation-extension:plugin"] = {"locale": MENUS[language]}
    return {
        ("jupyter", "labconfig", "page_config.json"): json.dumps(PAGE),
        ("jupyter", "labconfig", "default_setting_overrides.json"): json.dumps(overrides),
        ("jupyter", "jupyter_server_config.py"): SERVER,
        ("ipython", "ipython_kernel_config.py"): KERNEL,
    }
