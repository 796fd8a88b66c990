"""The command ``zimu``: a thin skin over the library, and the only place that prints."""
