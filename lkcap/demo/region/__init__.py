"""A believable region that holds no real person, made from a seed: see `write_package`."""

from lkcap.demo.region.package import RegionSummary, write_package
from lkcap.demo.region.stories import STORIES, Story
from lkcap.demo.region.timeline import ShortHistory

__all__ = ["STORIES", "RegionSummary", "ShortHistory", "Story", "write_package"]
