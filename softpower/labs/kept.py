"""What a learner commits to in a lab, kept in a small file among the learner's own work."""

from softpower.keep import put
from softpower.keep import read_json as read

__all__ = ["put", "read"]
