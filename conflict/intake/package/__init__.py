"""The package of data: which tables it has, how a cell is written, and how a package is read again."""
