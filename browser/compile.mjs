// Compiles a folder of Python for Pyodide, by Pyodide itself: node compile.mjs PYODIDE FOLDER [DRAW]
// With DRAW it also draws once, so that the list of fonts is made and no reader waits for it.
import { pathToFileURL } from "node:url";

const [pyodide, folder, draw] = process.argv.slice(2);
const { loadPyodide } = await import(pathToFileURL(`${pyodide}/pyodide.mjs`).href);
const python = await loadPyodide({
  indexURL: `${pyodide}/`,
  lockFileURL: `${pyodide}/lock.json`,
  env: { HOME: "/home/pyodide", MPLBACKEND: "agg", MPLCONFIGDIR: "/etc/matplotlib" },
});
const SITE = "/lib/python3.12/site-packages";
python.FS.mount(python.FS.filesystems.NODEFS, { root: folder }, SITE);
if (draw) {
  python.runPython(`
import os, shutil
os.makedirs("/etc/matplotlib")
import matplotlib.font_manager
for name in os.listdir("/etc/matplotlib"):
    shutil.copy("/etc/matplotlib/" + name, "${SITE}")
`);
}
python.runPython(`
import compileall, os, py_compile
never = py_compile.PycInvalidationMode.UNCHECKED_HASH
compileall.compile_dir("${SITE}", maxlevels=40, quiet=1, legacy=True, invalidation_mode=never)
for folder, _, names in os.walk("${SITE}"):
    for name in names:
        if name.endswith(".py") and name + "c" in names:
            os.remove(os.path.join(folder, name))
`);
process.exit(0);
