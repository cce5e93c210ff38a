"""What ``python3 start.py site`` runs, from any folder: the site is made where one stands."""

import sys
from pathlib import Path

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
    from browser.build import main

    sys.exit(main())
