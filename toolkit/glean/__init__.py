"""Terms gleaned from texts: from documents, from one transcript, from what an editor changed."""

from toolkit.glean.changes import core_of
from toolkit.glean.learn import learn
from toolkit.glean.mine import mine
from toolkit.glean.proposals import Proposal

__all__ = ["Proposal", "core_of", "learn", "mine"]
