"""The loyalty tiers: steps in the points that a customer earned in the last twelve months."""

from dataclasses import dataclass
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field


class Tier(BaseModel):
    """A step: who earned at least `from_points` has it; `priority` puts its customers ahead in the queue."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: Annotated[str, Field(strict=True, min_length=1, max_length=40)]
    from_points: Annotated[int, Field(strict=True, ge=0)]
    priority: Annotated[bool, Field(strict=True)] = False


@dataclass(frozen=True)
class Tiers:
    """All tiers, lowest first; the first begins at 0."""

    steps: tuple[Tier, ...]

    def at(self, points: int) -> Tier:
        """The tier of somebody who earned `points` in the last twelve months."""
        reached = [tier for tier in self.steps if tier.from_points <= points]
        return reached[-1] if reached else self.steps[0]

    def next_after(self, tier: Tier) -> Tier | None:
        """The step above `tier`; None above the highest."""
        above = self.steps.index(tier) + 1
        return self.steps[above] if above < len(self.steps) else None
