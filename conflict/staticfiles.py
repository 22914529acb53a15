from django.contrib.staticfiles.finders import BaseFinder


class PlotlyFinder(BaseFinder):
    def find(self, path, **kwargs):
        return []

    def list(self, ignore_patterns):
        return iter(())
