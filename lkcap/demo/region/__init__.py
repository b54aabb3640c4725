"""A believable region that holds no real person, made from a seed: see `write_package`."""

from lkcap.demo.region.package import RegionSummary, write_package
from lkcap.demo.region.stories import STORIES, Story

__all__ = ["STORIES", "RegionSummary", "Story", "write_package"]
