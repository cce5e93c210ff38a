"""The tests of the labs: what each computes and says, and each in a real JupyterLab."""
