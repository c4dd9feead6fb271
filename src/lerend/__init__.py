"""lerend: from the answers of a learning scan to where there is most room for improvement, and how sure that is."""

__version__ = "0.1.0"
