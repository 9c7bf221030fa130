"""Builders of the course's other forms, each derived from the notebooks and the data."""
