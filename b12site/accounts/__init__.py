"""Practices, and who may work in them as what."""
