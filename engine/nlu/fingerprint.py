"""What Rasa's training cache must know beside a component's own source."""

import hashlib
import inspect
from types import ModuleType


def of_sources(*modules: ModuleType) -> str:
    """A digest of the source of `modules`, on which a component's results depend."""
    return hashlib.sha256("".join(map(inspect.getsource, modules)).encode()).hexdigest()
