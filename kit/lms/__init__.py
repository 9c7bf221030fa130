"""The learning platforms' own files: fill what the teacher exported, and change nothing else."""
