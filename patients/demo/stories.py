"""All stories of the demonstration, in the order in which the patients are registered."""

from .stories_assessed import ASSESSED
from .stories_long import FOLLOWED
from .stories_treated import TREATED

STORIES = (*ASSESSED, *TREATED, *FOLLOWED)
