"""Stands where JupyterLite's kernel looks for an installer: the course brings all that it needs.

So the page asks nobody for packages, and the kernel works with other versions of Pyodide as well.
"""
