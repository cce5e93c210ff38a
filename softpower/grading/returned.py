"""What goes back to students: a page for each hand-in, and the zip that a platform takes back."""

import re
import zipfile
from collections import defaultdict

from softpower import texts
from softpower.grading import pages, sheets
from softpower.grading.names import CANVAS, CANVAS_HIDDEN, MOODLE, alphabetical, called, lms

DAMAGED = texts.mark(
    "Your file arrived damaged, and a part of it is missing. Please hand in the whole notebook again: "
    "until then you have no final mark. What could be read is marked below."
)
DAMAGED_OF_GROUP = texts.mark(
    "The file that {name} handed in for your group arrived damaged, and a part of it is missing. Please "
    "see that the whole notebook is handed in again: until then you have no final mark. What could be "
    "read is marked below."
)
DAMAGED_BESIDE = texts.mark(
    "Your file arrived damaged, and a part of it is missing. Please hand in the whole notebook again: "
    "it may be worth more than the one that counts for your group now."
)
MAY_BE_BETTER = texts.mark(
    "{who}: {damage} It does not count: {other} does. Whole, it may be worth more for the group."
)
NO_NOTEBOOK = texts.mark(
    "You handed in {files}, and no notebook, so nothing could be marked. Please hand in the notebook "
    "itself: the file in my_work whose name ends in .ipynb."
)
NOT_ASKED = texts.mark(
    "This is exercise {own}. The exercise that was collected is {asked}. Please hand that one in; this "
    "page says what the checks found in this one all the same."
)
SEVERAL = texts.mark(
    "You handed in several for this exercise, and the best of them counts: {name}."
)
GROUP = texts.mark(
    "Your group handed in several for this exercise, and the best counts for all of you: {name}."
)
LESS = texts.mark("{who}: does not count ({own} points); {other} does ({points}).")
CHECKED_LESS = texts.mark(
    "{who}: does not count ({own} points by the checks); {other} does ({points})."
)
BEFORE_LATE = texts.mark("These are the points before late work takes some off.")
LATEST = texts.mark("Of equal ones the latest counts.")
WHOLE = texts.mark("Of equal ones a whole file counts before a damaged one.")
NOT_READ = texts.mark("{who}: does not count (it cannot be read); {other} does ({points}).")
ASIDE = texts.mark("{who}: wrote outside the answers: “{said}”")
BY_HAND = texts.mark(
    "{who}: came past the platform, which passes over the page in feedback/{folder}. Send that page "
    "yourself."
)
NO_MARK_YET = texts.mark(
    "Until it comes there are neither per cent nor a letter, and no mark for your platform."
)
NOT_A_NAME = re.compile(r'[\x00-\x1f<>:"/\\|?*]')
LONGEST_QUOTE = 200  # characters of what somebody wrote that stand in the report
MANY = 6  # notebooks of which one remark is made, in lines of their own
FIRST_DAY = (2026, 1, 1, 0, 0, 0)  # of every page in the zip: no run changes it


def cut(name, most):
    """Return a file's name cut to so many bytes: 90 Chinese letters are 270, and 255 is the limit."""
    return name.encode("utf-8", "replace")[:most].decode("utf-8", "ignore").rstrip(" .")


class Pages:
    """The folder ``feedback`` and its zip.

    Parameters
    ----------
    folder : pathlib.Path
        Of the results.
    standing : standing.Standing
    remarks : dict
        Lines of the report by its sections; what the pages show of unusual things is added.
    """

    def __init__(self, folder, standing, remarks):
        self.folder, self.standing, self.remarks = folder, standing, remarks
        self.written, self.unusual = set(), defaultdict(list)

    def write(self):
        """Write all pages anew; unchanged ones are left alone."""
        pools = {one: pool for pool in self.standing.pools for one in pool.entries}
        # What counts has the plain name; what does not, a number behind it.
        for entry in self.standing.entries:
            if pools[entry].is_counted(entry):
                self._of_a_hand_in(entry, pools[entry])
        for row in self.standing.rows:
            if row.who != row.entry.owner:
                self._of_a_member(row)
        for entry in self.standing.entries:
            if not pools[entry].is_counted(entry):
                self._of_a_hand_in(entry, pools[entry])
        self.remarks["look"] += in_few_lines(self.unusual)
        for who, left in sorted(
            self.standing.found.students.items(), key=lambda one: (alphabetical(one[0][0]), one[0])
        ):
            self._of_whoever_left_none(who, left)
        self._forget_old_pages()
        self._zip()

    def _of_a_hand_in(self, entry, pool):
        standing, best = self.standing, pool.best
        result, counts = standing.result(entry, pool), pool.is_counted(entry)
        who = f"{called((standing.shown(entry), entry.number))}, {entry.name}"
        if not counts:
            self.remarks["know"].append(self._why_not(who, entry, pool))
        elif result["problem"]:
            section = "look" if result["remarks"] else "write"  # the grader's fault, or theirs
            self.remarks[section].append(f"{who}: {result.get('told') or result['problem']}")
        is_cut_beside = not counts and entry.lacks_a_part and entry.owner != best.owner
        if is_cut_beside:
            other = self._counted(entry, pool)
            said = texts.text(MAY_BE_BETTER, who=who, damage=result["remarks"][0], other=other)
            self.remarks["write"].append(said)
        for said in result.get("asides", ()):
            self.remarks["know"].append(texts.text(ASIDE, who=who, said=some_words(said)))
        if entry is best:
            if pool.is_slip:
                self.remarks["write"].append(
                    texts.text(
                        "{who}: handed in {own}, and not {asked} as the others did. Its points "
                        "stand in a column of their own, not in the total.",
                        who=who,
                        own=standing.name(pool.lesson),
                        asked=self._asked(),
                    )
                )
            remarks = [*result["remarks"], *result["marking"]]
            if pool.asks_again(entry):
                remarks[0] = texts.sentences(remarks[0], texts.text(NO_MARK_YET))
                self.remarks["write"].append(f"{who}: {remarks.pop(0)}")
            for remark in remarks:
                self.unusual[remark].append(who)
        with texts.speaking(result.get("language")):
            instead = amiss = ""
            if not counts:
                words = SEVERAL if entry.owner == best.owner else GROUP
                instead = texts.text(words, name=self._counted(entry, pool))
                result["scores"] = _still_marked(result["scores"], entry, pool)
            if pool.is_slip:
                # Nobody marks what was not collected, so no page promises it.
                result["scores"] = [one for one in result["scores"] if one["status"] != "to mark"]
                own, asked = standing.name(pool.lesson), self._asked()
                amiss = texts.text(NOT_ASKED, own=own, asked=asked)
            if pool.asks_again(entry):
                amiss = texts.sentences(self._damaged(entry.owner, pool), amiss)
            elif is_cut_beside:
                amiss = texts.text(DAMAGED_BESIDE)
            folder = self._folder(entry)
            self._put(folder, standing.shown(entry), pool, result, instead, amiss)

    def _folder(self, entry):
        """Return the folder for a page: what came by e-mail goes back as if the platform had it."""
        who = entry.owner
        if not self.standing.came_outside(entry):
            return entry.folder
        if self.standing.batch_platform is MOODLE and self.standing.number(who):
            return f"{who[0]}_{who[1]}_assignsubmission_file_"
        self.remarks["know"].append(texts.text(BY_HAND, who=called(who), folder=entry.folder))
        return entry.folder

    def _damaged(self, who, pool):
        """Tell somebody that what counts is not whole: whose file it is, it says as well."""
        if any(one.lacks_a_part for one in pool.of(who)):
            return texts.text(DAMAGED)
        return texts.text(DAMAGED_OF_GROUP, name=self.standing.shown(pool.best))

    def _asked(self):
        return texts.listing(map(self.standing.name, self.standing.asked), "or")

    def _why_not(self, who, entry, pool):
        best = pool.best
        is_marked = entry.low == entry.high and best.low == best.high
        own, points = (one.low if is_marked else one.points for one in (entry, best))
        said = texts.text(
            (LESS if is_marked else CHECKED_LESS) if entry.readable else NOT_READ,
            who=who,
            own=texts.number(own),
            other=self._counted(entry, pool),
            points=texts.number(points),
        )
        if is_marked and entry.readable and entry.off != best.off:
            said = texts.sentences(said, texts.text(BEFORE_LATE))
        elif is_marked and own == points and entry.readable:
            is_cut = entry.lacks_a_part and not best.lacks_a_part
            said = texts.sentences(said, texts.text(WHOLE if is_cut else LATEST))
        # The same words have the same mark, and what has the same mark overtakes nothing.
        differs = any(pool.place(entry, q) is not pool.place(best, q) for q in entry.answers)
        may = differs and entry in pool.contenders
        more = texts.text("Its open answer waits too, because it could still overtake.")
        return texts.sentences(said, more if may else "")

    def _counted(self, entry, pool):
        """Return how whoever handed something in is told of the one that counts instead."""
        best = pool.best
        mine = entry.owner == best.owner
        if mine:
            return best.name
        return texts.text("{file} of {name}", file=best.name, name=self.standing.shown(best))

    def _of_a_member(self, row):
        """Write a page for whoever shares what somebody else of the group handed in."""
        own = row.pool.of(row.who)
        platform = lms(row.entry.folder)
        if own:
            folder = own[0].folder
        elif not platform:
            folder = row.who[0]
        elif platform.re is MOODLE and row.who[1]:
            folder = f"{row.who[0]}_{row.who[1]}_assignsubmission_file_"
        else:
            return  # the platform itself gives a group's feedback to each
        result = self.standing.result(row.entry, row.pool)
        with texts.speaking(result.get("language")):
            said = self._damaged(row.who, row.pool) if row.pool.asks_again(row.entry) else ""
            by = self.standing.shown(row.entry)
            self._put(folder, row.who[0], row.pool, result, amiss=said, by=by)

    def _put(self, folder, student, pool, result, instead="", amiss="", by=""):
        exercise = self.standing.exercise(pool.lesson)
        page = pages.feedback(
            student,
            exercise,
            result["problem"],
            result["scores"],
            result["cells"],
            instead,
            pool.best.late if not instead else None,
            amiss,
            by,
        )
        self._write_page(folder, exercise, page)

    def _of_whoever_left_none(self, who, left):
        shown = self.standing.term.whose(*who)[0]
        name, others = called((shown, who[1])), ", ".join(sorted(left.others))
        if who in self.standing.handed_in:
            said = texts.text("{name}: left {files} as well.", name=name, files=others)
            self.remarks["know"] += [said] if others else []
            return
        if who[0]:
            self.remarks["write"].append(_left(name, others, left))
        others = others or ", ".join(sorted(left.copies))
        if others:
            page = pages.feedback(shown, None, texts.text(NO_NOTEBOOK, files=others), [], [])
            self._write_page(left.folder, None, page)

    def _write_page(self, folder, exercise, page):
        stem = exercise.name if exercise else "notebook"
        start = cut(NOT_A_NAME.sub("_", folder).strip(" ."), 180) or "student"
        # Canvas takes back loose files, told by their names.
        if not (platform := lms(folder)) or platform.re not in (CANVAS, CANVAS_HIDDEN):
            start += f"/{stem}"
        path, count = f"{start}.html", 1
        while path in self.written:
            count += 1
            path = f"{start}-{count}.html"
        self.written.add(path)
        target = self.folder / "feedback" / path
        if not target.exists() or target.read_text(encoding="utf-8") != page:
            sheets.replace(target, lambda file: file.write(page), encoding="utf-8")

    def _forget_old_pages(self):
        for path in (self.folder / "feedback").rglob("*.html"):
            if path.relative_to(self.folder / "feedback").as_posix() not in self.written:
                path.unlink()

    def _zip(self):
        """The same bytes for the same pages, so that nothing changes where nothing changed."""
        target = self.folder / "feedback.zip"
        beside = self.folder / ".feedback.zip"
        with zipfile.ZipFile(beside, "w", zipfile.ZIP_DEFLATED) as archive:
            for path in sorted(self.written):
                content = (self.folder / "feedback" / path).read_bytes()
                archive.writestr(zipfile.ZipInfo(path, FIRST_DAY), content, zipfile.ZIP_DEFLATED)
        beside.replace(target)


def _still_marked(scores, entry, pool):
    """Return the scores of a notebook that does not count: without answers that nobody marks."""
    asked = {
        place.question.id for place in pool.asked if place is pool.place(entry, place.question.id)
    }
    return [one for one in scores if one["status"] != "to mark" or one["question"] in asked]


def some_words(text):
    """Return the beginning of a text, on one line."""
    line = " ".join(text.split())
    return line if len(line) <= LONGEST_QUOTE else line[:LONGEST_QUOTE].rpartition(" ")[0] + " …"


def in_few_lines(said):
    """Return lines of the report; what is said of many is said once.

    ``said``: by the words of a remark, those of whom it is said.
    """
    lines = []
    for remark, names in said.items():
        if len(names) <= MANY:
            lines += [f"{name}: {remark}" for name in names]
            continue
        lines.append(
            texts.text(
                "{count} notebooks ({names}; {more} more): {remark}",
                count=len(names),
                names="; ".join(names[:MANY]),
                more=len(names) - MANY,
                remark=remark,
            )
        )
    return sorted(lines, key=alphabetical)


def _left(name, others, left):
    """Say what somebody handed in who left no notebook."""
    if others:
        return texts.text("{name}: handed in {files}, and no notebook.", name=name, files=others)
    if not left.copies:
        return texts.text("{name}: handed in nothing.", name=name)
    return texts.text(
        "{name}: handed in only {files}, a copy that a program keeps for itself, and no notebook.",
        name=name,
        files=", ".join(sorted(left.copies)),
    )
