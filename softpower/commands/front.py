"""The site's front door, and what each page says of itself to machines: made from the lessons.

``docs/conf.py`` puts each piece in its place. Who wrote the course, its version and its licence
stand in ``CITATION.cff``; who keeps this copy of it, in ``docs/owner.toml``, which may be empty.
"""

import json
import re
import tomllib
from html import escape
from pathlib import Path

from softpower import texts
from softpower.commands import lessons
from softpower.errors import CourseError

OWNER = ("name", "contact", "address")
BY = "https://creativecommons.org/licenses/by/4.0/"
LESSON, EXERCISE = re.compile(r"notebooks/(\d\d)_\w+"), re.compile(r"exercises/(\d\d)_\w+/\w+")
LONGEST = 200  # letters of a description
# What docs/conf.py sets on pages; it stands here, where what is to be translated is looked for.
WORDS = {
    "work": texts.mark("Work on this page"),
    "here": texts.mark("Do it here"),
    "sliders": texts.mark("Move these sliders yourself"),
    "all": texts.mark("All lessons and exercises to work in"),
    "download": texts.mark("Download the course (ZIP, {size} MB)"),
    "exercise": texts.mark("Exercise {number}"),
    "lesson": texts.mark("Lesson {number}"),
    "search": texts.mark("Search the course"),
    "contents": texts.mark("Contents"),
    "show": texts.mark("Show what is hidden here"),
    "hide": texts.mark("Hide it again"),
    "front": texts.mark("Front page"),
    "languages": texts.mark("Languages"),
    "lessons": texts.mark("Lessons"),
    "exercises": texts.mark("Exercises"),
    "teaching": texts.mark("Teaching"),
    "words": texts.mark("Words and figures"),
    "about": texts.mark("About the course"),
}


def cited(root):
    """Return what ``CITATION.cff`` says of the course, as a dictionary.

    Parameters
    ----------
    root : pathlib.Path
        The folder of the course.
    """
    import yaml  # not needed to learn: JupyterLab brings it, and the site's builder

    return yaml.safe_load((root / "CITATION.cff").read_text(encoding="utf-8"))


def authors(said):
    """Return the authors' names in one text, people as *given family*."""
    names = [
        one.get("name") or f"{one.get('given-names', '')} {one['family-names']}".strip()
        for one in said["authors"]
    ]
    return texts.listing(names)


def reference(said):
    """Return how the course is cited: who, when, what, which version."""
    return texts.text(
        "{names} ({year}). {title} (version {version}).",
        names=authors(said),
        year=str(said["date-released"])[:4],
        title=said["title"],
        version=said["version"],
    )


def owner(root):
    """Return who keeps this copy of the course: name, contact, address; empty where nobody says.

    Parameters
    ----------
    root : pathlib.Path
        The folder of the course.

    Raises
    ------
    CourseError
        Where something is filled in and something is not, or an address is none.
    """
    path = root / "docs" / "owner.toml"
    found = tomllib.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    found = {name: str(found.get(name, "")).strip() for name in OWNER}
    if not any(found.values()):
        return {}
    empty = [name for name, said in found.items() if not said]
    if empty:
        raise CourseError(
            f"docs/owner.toml lacks: {', '.join(empty)}. Fill in all of it, or leave all empty."
        )
    if not re.match(r"https?://\S+$|mailto:\S+@\S+$", found["contact"]):
        raise CourseError(
            "The contact in docs/owner.toml is no address. Begin it with https:// or mailto:"
        )
    if not re.match(r"https?://\S+$", found["address"]):
        raise CourseError("The address in docs/owner.toml does not begin with https://")
    return found | {"address": found["address"].rstrip("/") + "/"}


def to_whom(owned):
    """Return the sentence, as Markdown, that says where to write; nothing while nobody has said."""
    if not owned:
        return ""
    return texts.text(
        "This copy is kept by {name}: [write here]({contact}).",
        name=owned["name"],
        contact=owned["contact"],
    )


def plain(said):
    """Return inline Markdown as plain text."""
    said = re.sub(r"<[^>]+>", "", said)
    said = re.sub(r"!?\[([^\]]*)\]\([^)]*\)", r"\1", said)
    return " ".join(re.sub(r"[*`]", "", said).split())


def _bold(said):
    return re.sub(r"\*\*(.+?)\*\*", r"<b>\1</b>", escape(said, quote=False))


def card(number, header, reading, working=""):
    """Return a lesson's card on the front page.

    Parameters
    ----------
    number : str
        ``"03"``.
    header : lessons.Header
    reading, working : str
        The address of the page to read, and of the page to work in where there is one.

    Returns
    -------
    str
        An item of a list, HTML.
    """
    minutes = texts.texts("{count} minute", "{count} minutes", header.minutes)
    work = ""
    if working:
        name = texts.text("Work on lesson {number}", number=number)
        work = f' <a class="work" href="{escape(working)}">{escape(name)}</a>'
    return (
        f'<li><p class="name"><a href="{escape(reading)}"><span class="number">{number}</span> '
        f"{escape(header.title, quote=False)}</a></p>"
        f'<p class="question">{_bold(header.question)}</p><p class="makes">{_bold(header.makes)}'
        f'</p><p class="minutes">{minutes}{work}</p></li>'
    )


def described(header):
    """Return a lesson's description in one or two sentences: its question, what one makes."""
    return f"{plain(header.question)} {plain(header.makes)}."


def shortened(said):
    """Return a description that ends with a whole word where it is too long."""
    said = " ".join(said.split())
    return said if len(said) <= LONGEST else said[:LONGEST].rsplit(" ", 1)[0].rstrip(",;:") + " …"


def about(said, language):
    """Return what a lesson and the whole course have in common, in the words of schema.org."""
    people = [
        {"@type": "Person", "name": authors({"authors": [one]})}
        if "family-names" in one
        else {"@type": "Organization", "name": one["name"]}
        for one in said["authors"]
    ]
    return {
        "@context": "https://schema.org",
        "author": people,
        "inLanguage": language,
        "license": BY,
        "isAccessibleForFree": True,
        "version": str(said["version"]),
        "datePublished": str(said["date-released"]),
        "audience": {"@type": "EducationalAudience", "educationalRole": "student"},
        "educationalLevel": "undergraduate",
        "accessMode": ["textual", "visual"],
        "accessModeSufficient": [{"@type": "ItemList", "itemListElement": ["textual"]}],
        "accessibilityFeature": ["alternativeText", "structuralNavigation", "tableOfContents"],
    }


def of_a_lesson(number, header, said, language, address=""):
    """Return a lesson's description for machines (LearningResource; Bioschemas' terms).

    Parameters
    ----------
    number : str
    header : lessons.Header
    said : dict
        What ``CITATION.cff`` says.
    language : str
    address : str, optional
        The page's own, where it is known.

    Returns
    -------
    dict
        JSON-LD.
    """
    course = {"@type": "Course", "name": said["title"]}
    found = about(said, language) | {
        "@type": "LearningResource",
        "http://purl.org/dc/terms/conformsTo": {
            "@type": "CreativeWork",
            "@id": "https://bioschemas.org/profiles/TrainingMaterial/1.0-RELEASE",
        },
        "name": header.title,
        "position": int(number),
        "description": described(header),
        "keywords": said["keywords"],
        "learningResourceType": "lesson",
        "timeRequired": f"PT{header.minutes}M",
        "teaches": [plain(one) for one in header.objectives],
        "competencyRequired": plain(re.sub(r"^\*\*.+?\*\*", "", header.first)),
        "isPartOf": course,
    }
    return found | ({"url": address} if address else {})


def of_the_course(headers, said, description, language, address=""):
    """Return the whole course's description for machines: a Course with its lessons.

    Parameters
    ----------
    headers : dict of str to lessons.Header
        By number.
    said : dict
        What ``CITATION.cff`` says.
    description : str
        The front page's one sentence.
    language : str
    address : str, optional

    Returns
    -------
    dict
        JSON-LD.
    """
    minutes = sum(one.minutes for one in headers.values())
    found = about(said, language) | {
        "@type": ["Course", "LearningResource"],
        "name": said["title"],
        "description": description,
        "keywords": said["keywords"],
        "provider": about(said, language)["author"][0],
        "timeRequired": f"PT{minutes}M",
        "hasPart": [
            {"@type": "LearningResource", "position": int(number), "name": header.title}
            for number, header in headers.items()
        ],
        "hasCourseInstance": {
            "@type": "CourseInstance",
            "courseMode": "online",
            "courseWorkload": f"PT{minutes}M",
        },
        "offers": {"@type": "Offer", "category": "Free", "price": 0, "priceCurrency": "USD"},
    }
    return found | ({"url": address} if address else {})


def head(title, description, data=None, address="", picture=""):
    """Return what stands in a page's head for those who pass it on: people and machines.

    Parameters
    ----------
    title, description : str
    data : dict, optional
        JSON-LD.
    address : str, optional
        The page's own, where it is known.
    picture : str, optional
        The address of the picture for sharing; whole where the site's own is known.

    Returns
    -------
    str
        HTML.
    """
    description = shortened(description)
    named = {"og:type": "website", "og:title": title, "og:description": description}
    named |= {"og:url": address} if address else {}
    named |= {"og:image": picture} if picture else {}
    lines = [f'<meta name="description" content="{escape(description)}">']
    lines += [f'<meta property="{key}" content="{escape(text)}">' for key, text in named.items()]
    lines.append('<meta name="twitter:card" content="summary_large_image">' if picture else "")
    lines.append(f'<link rel="canonical" href="{escape(address)}">' if address else "")
    if data:
        # What closes a script is no part of its text.
        said = json.dumps(data, ensure_ascii=False).replace("</", "<\\/")
        lines.append(f'<script type="application/ld+json">{said}</script>')
    return "\n".join(line for line in lines if line)


def headers(folder):
    """Return the header of each lesson in a folder ``notebooks``, by its number."""
    from softpower import notebooks

    return {
        path.name[:2]: lessons.header(notebooks.read(path))
        for path in sorted(Path(folder).glob("[0-9][0-9]_*.ipynb"))
    }
