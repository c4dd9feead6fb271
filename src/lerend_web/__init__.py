"""The platform: Django, thin over lerend."""
