from softpower.cli import main

raise SystemExit(main())
