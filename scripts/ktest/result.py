"""What a session hands back: items that passed, failed or were skipped."""
from dataclasses import dataclass, field
from typing import List


@dataclass
class Item:
    name: str
    status: str                         # passed, failed or skipped
    lines: List[str] = field(default_factory=list)


@dataclass
class Result:
    session: str
    items: List[Item] = field(default_factory=list)
    seconds: float = 0.0
    log: str = ""

    def add(self, name, errors, skipped=False):
        """One item which fails when there is an error to tell."""
        status = "failed" if errors else "skipped" if skipped else "passed"
        self.items.append(Item(name, status, list(errors)))

    def count(self, status):
        return sum(item.status == status for item in self.items)
